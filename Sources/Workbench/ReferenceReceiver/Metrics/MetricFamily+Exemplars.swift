/// Families about the exemplars of a tenant (prometheus/tsdb/exemplar.go).
extension MetricFamily {
    private static let tenant = ["tenant"]

    static let tsdbExemplarExemplarsAppended = counter(
        "prometheus_tsdb_exemplar_exemplars_appended_total",
        "Total number of appended exemplars.", by: tenant)
    static let tsdbExemplarExemplarsInStorage = gauge(
        "prometheus_tsdb_exemplar_exemplars_in_storage",
        "Number of exemplars currently in circular storage.", by: tenant)
    static let tsdbExemplarLastExemplarsTimestampSeconds = gauge(
        "prometheus_tsdb_exemplar_last_exemplars_timestamp_seconds",
        "The timestamp of the oldest exemplar stored in circular storage. Useful to "
            + "check for what timerange the current exemplar buffer limit allows. This "
            + "usually means the last timestampfor all exemplars for a typical setup. This "
            + "is not true though if one of the series timestamp is in future compared to "
            + "rest series.",
        by: tenant)
    static let tsdbExemplarMaxExemplars = gauge(
        "prometheus_tsdb_exemplar_max_exemplars",
        "Total number of exemplars the exemplar storage can store, resizeable.", by: tenant)
    static let tsdbExemplarOutOfOrderExemplars = counter(
        "prometheus_tsdb_exemplar_out_of_order_exemplars_total",
        "Total number of out of order exemplar ingestion failed attempts.", by: tenant)
    static let tsdbExemplarSeriesWithExemplarsInStorage = gauge(
        "prometheus_tsdb_exemplar_series_with_exemplars_in_storage",
        "Number of series with exemplars currently in circular storage.", by: tenant)

    /// All of the above.
    static let exemplarsFamilies: [MetricFamily] = [
        .tsdbExemplarExemplarsAppended, .tsdbExemplarExemplarsInStorage,
        .tsdbExemplarLastExemplarsTimestampSeconds, .tsdbExemplarMaxExemplars,
        .tsdbExemplarOutOfOrderExemplars, .tsdbExemplarSeriesWithExemplarsInStorage,
    ]
}
