extension DoctorCommand {
    /// The command as it would have been typed, with what the file says where nothing was.
    func completed(with settings: Settings) -> DoctorCommand {
        var command = self
        command.cluster.context = settings.texts(.contexts, unless: cluster.context)
        command.cluster.kubeconfig = settings.text(.kubeconfig, unless: cluster.kubeconfig)
        if !cluster.allNamespaces {
            command.cluster.namespace = settings.texts(.namespaces, unless: cluster.namespace)
        }
        command.probing.endpoint = settings.texts(.endpoints, unless: probing.endpoint)
        command.probing.query = settings.text(.query, unless: probing.query)
        command.probing.prometheus = settings.text(.prometheus, unless: probing.prometheus)
        command.probing.history = settings.text(.history, unless: probing.history)
        command.probing.bucket =
            probing.bucket ?? settings.text(.bucket, unless: nil).map { $0 == "true" }
        command.probing.probeOnly = settings.texts(.probeOnly, unless: probing.probeOnly)
        command.time.timeout = settings.text(.timeout, unless: time.timeout)
        command.selection = selection.completed(with: settings)
        command.output = output.completed(with: settings)
        return command
    }
}

extension SelectionOptions {
    /// The choice of the file where nothing was typed.
    func completed(with settings: Settings) -> SelectionOptions {
        var options = self
        options.only = settings.texts(.only, unless: only)
        options.skip = settings.texts(.skip, unless: skip)
        return options
    }
}

extension OutputOptions {
    /// The threshold of the file where none was typed.
    func completed(with settings: Settings) -> OutputOptions {
        var options = self
        options.failOn = settings.text(.failOn, unless: failOn)
        return options
    }
}
