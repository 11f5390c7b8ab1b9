extension ResourceCatalogue {
    /// Custom kinds of Argo CD, Cilium, External Secrets and the Prometheus operator, as their
    /// CRDs name them.
    static let customTable = """
        = argoproj.io/v1alpha1
        applications application N Application * app,apps - PVzHEyjMffI=
        > status Application get,patch,update
        applicationsets applicationset N ApplicationSet * appset,appsets - -
        > status ApplicationSet get,patch,update
        appprojects appproject N AppProject * appproj,appprojs - -
        = cilium.io/v2
        ciliumbgpclusterconfigs ciliumbgpclusterconfig C CiliumBGPClusterConfig * cbgpcluster \
        cilium,ciliumbgp -
        ciliumloadbalancerippools ciliumloadbalancerippool C CiliumLoadBalancerIPPool * \
        ippools,ippool,lbippool,lbippools cilium -
        > status CiliumLoadBalancerIPPool get,patch,update
        ciliumnetworkpolicies ciliumnetworkpolicy N CiliumNetworkPolicy * cnp,ciliumnp cilium -
        > status CiliumNetworkPolicy get,patch,update
        = cilium.io/v2alpha1
        ciliumloadbalancerippools ciliumloadbalancerippool C CiliumLoadBalancerIPPool * \
        ippools,ippool,lbippool,lbippools cilium qfmrdQSKh5Q=
        > status CiliumLoadBalancerIPPool get,patch,update
        ciliuml2announcementpolicies ciliuml2announcementpolicy C CiliumL2AnnouncementPolicy \
        * l2announcement cilium HmxRmVGTYtI=
        > status CiliumL2AnnouncementPolicy get,patch,update
        = external-secrets.io/v1beta1
        externalsecrets externalsecret N ExternalSecret * es external-secrets -
        > status ExternalSecret get,patch,update
        = monitoring.coreos.com/v1
        alertmanagers alertmanager N Alertmanager * am prometheus-operator -
        > status Alertmanager get,patch,update
        podmonitors podmonitor N PodMonitor * pmon prometheus-operator -
        prometheuses prometheus N Prometheus * prom prometheus-operator -
        > status Prometheus get,patch,update
        prometheusrules prometheusrule N PrometheusRule * promrule prometheus-operator -
        servicemonitors servicemonitor N ServiceMonitor * smon prometheus-operator -
        = monitoring.coreos.com/v1alpha1
        prometheusagents prometheusagent N PrometheusAgent * promagent prometheus-operator -
        > status PrometheusAgent get,patch,update
        """
}
