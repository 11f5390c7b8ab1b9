extension ResourceCatalogue {
    /// The built-in kinds with their hashes, as a real API server 1.36 lists them (recorded).
    ///
    /// `= group/version` begins a group, `> name` a subresource of the kind above.
    static let builtInTable = """
        = v1
        bindings binding N Binding create - - -
        componentstatuses componentstatus C ComponentStatus get,list cs - -
        configmaps configmap N ConfigMap * cm - qFsyl6wFWjQ=
        endpoints endpoints N Endpoints * ep - fWeeMqaN/OA=
        events event N Event * ev - r2yiGXH7wu8=
        limitranges limitrange N LimitRange * limits - EBKMFVe6cwo=
        namespaces namespace C Namespace create,delete,get,list,patch,update,watch ns - \
        Q3oi5N2YM8M=
        > finalize Namespace update
        > status Namespace get,patch,update
        nodes node C Node * no - XwShjMxG9Fs=
        > proxy NodeProxyOptions create,delete,get,patch,update
        > status Node get,patch,update
        persistentvolumeclaims persistentvolumeclaim N PersistentVolumeClaim * pvc - \
        QWTyNDq0dC4=
        > status PersistentVolumeClaim get,patch,update
        persistentvolumes persistentvolume C PersistentVolume * pv - HN/zwEC+JgM=
        > status PersistentVolume get,patch,update
        pods pod N Pod * po all xPOwRZ+Yhw8=
        > attach PodAttachOptions create,get
        > binding Binding create
        > ephemeralcontainers Pod get,patch,update
        > eviction Eviction create policy/v1
        > exec PodExecOptions create,get
        > log Pod get
        > portforward PodPortForwardOptions create,get
        > proxy PodProxyOptions create,delete,get,patch,update
        > resize Pod get,patch,update
        > status Pod get,patch,update
        podtemplates podtemplate N PodTemplate * - - LIXB2x4IFpk=
        replicationcontrollers replicationcontroller N ReplicationController * rc all \
        Jond2If31h0=
        > scale Scale get,patch,update autoscaling/v1
        > status ReplicationController get,patch,update
        resourcequotas resourcequota N ResourceQuota * quota - 8uhSgffRX6w=
        > status ResourceQuota get,patch,update
        secrets secret N Secret * - - S6u1pOWzb84=
        serviceaccounts serviceaccount N ServiceAccount * sa - pbx9ZvyFpBE=
        > token TokenRequest create authentication.k8s.io/v1
        services service N Service * svc all 0/CO1lhkEBI=
        > proxy ServiceProxyOptions create,delete,get,patch,update
        > status Service get,patch,update
        = apps/v1
        controllerrevisions controllerrevision N ControllerRevision * - - 85nkx63pcBU=
        daemonsets daemonset N DaemonSet * ds all dd7pWHUlMKQ=
        > status DaemonSet get,patch,update
        deployments deployment N Deployment * deploy all 8aSe+NMegvE=
        > scale Scale get,patch,update autoscaling/v1
        > status Deployment get,patch,update
        replicasets replicaset N ReplicaSet * rs all P1RzHs8/mWQ=
        > scale Scale get,patch,update autoscaling/v1
        > status ReplicaSet get,patch,update
        statefulsets statefulset N StatefulSet * sts all H+vl74LkKdo=
        > scale Scale get,patch,update autoscaling/v1
        > status StatefulSet get,patch,update
        = networking.k8s.io/v1
        ingressclasses ingressclass C IngressClass * - - l/iqIbDgFyQ=
        ingresses ingress N Ingress * ing - 39NQlfNR+bo=
        > status Ingress get,patch,update
        ipaddresses ipaddress C IPAddress * ip - 3f/plJFChNE=
        networkpolicies networkpolicy N NetworkPolicy * netpol - YpfwF18m1G8=
        servicecidrs servicecidr C ServiceCIDR * - - gNLvruQhW2g=
        > status ServiceCIDR get,patch,update
        = authorization.k8s.io/v1
        selfsubjectaccessreviews selfsubjectaccessreview C SelfSubjectAccessReview create - - -
        selfsubjectrulesreviews selfsubjectrulesreview C SelfSubjectRulesReview create - - -
        = batch/v1
        cronjobs cronjob N CronJob * cj all -
        > status CronJob get,patch,update
        jobs job N Job * - all -
        > status Job get,patch,update
        = policy/v1
        poddisruptionbudgets poddisruptionbudget N PodDisruptionBudget * pdb - -
        > status PodDisruptionBudget get,patch,update
        = storage.k8s.io/v1
        storageclasses storageclass C StorageClass * sc - -
        = coordination.k8s.io/v1
        leases lease N Lease * - - -
        = discovery.k8s.io/v1
        endpointslices endpointslice N EndpointSlice * - - -
        """
}
