extension LogSignature {
    /// What receivers, compactors and queriers say of blocks.
    static let bucketTable = #"""
        @ s3-no-such-bucket | receiver | certain | the bucket does not exist
        ? specified bucket does not exist
        = level=error msg="the final upload failed" err="upload: check exists: stat s3 object: The specified bucket does not exist"
        ? Bucket name cannot be empty
        = level=error err="Bucket name cannot be empty"
        @ s3-access-denied | receiver | certain | the bucket refuses the key, or the clock is wrong
        ? SignatureDoesNotMatch
        = level=error err="upload: SignatureDoesNotMatch"
        ? Key Id you provided does not exist
        = level=error err="upload: The AWS Access Key Id you provided does not exist in our records"
        ? access key id you provided does not exist
        = level=error err="upload: the access key id you provided does not exist"
        ? difference between the request time
        = level=error err="upload: The difference between the request time and the server's time is too large"
        ? Access Denied !! remote_name
        = level=error err="upload: stat s3 object: Access Denied."
        ? upload && Access denied
        = level=error err="upload: stat s3 object: Access denied"
        ? upload && access denied
        = level=error err="upload: stat s3 object: access denied"
        ? upload && AccessDenied
        = level=error err="upload: stat s3 object: AccessDenied"
        @ objstore-config-invalid | receiver | certain | Thanos refuses the bucket configuration
        ? bucket with type && is not supported
        = level=error err="bucket with type S4 is not supported"
        ? not found in type s3.Config
        = level=error err="yaml: unmarshal errors:\n line 3: field acess_key not found in type s3.Config"
        ? no s3 endpoint
        = level=error err="no s3 endpoint in config file"
        ? no s3 access_key
        = level=error err="no s3 access_key specified"
        ? no s3 secret_key
        = level=error err="no s3 secret_key specified"
        ? fully qualified paths
        = level=error err="Endpoint url cannot have fully qualified paths."
        ? no supported bucket was configured && level=error
        = level=error err="no supported bucket was configured"
        @ s3-tls-or-scheme | receiver | likely | object storage is asked over the wrong scheme, or its certificate is not trusted
        ? upload && HTTP response to HTTPS client
        = level=error err="upload: http: server gave HTTP response to HTTPS client"
        ? upload && unknown authority
        = level=error err="upload: x509: certificate signed by unknown authority"
        ? upload && certificate is valid for
        = level=error err="upload: x509: certificate is valid for minio, not s3"
        @ s3-unreachable | receiver | likely | object storage does not answer
        ? upload && i/o timeout !! remote_name
        = level=error msg="recurring upload failed" err="upload: dial tcp: i/o timeout"
        ? upload && no such host !! remote_name
        = level=error msg="recurring upload failed" err="upload: dial tcp: lookup s3: no such host"
        ? upload && connection refused !! remote_name
        = level=error msg="recurring upload failed" err="upload: dial tcp 127.0.0.1:9000: connect: connection refused"
        ? upload && awaiting response headers
        = level=error msg="recurring upload failed" err="upload: timeout awaiting response headers"
        @ upload-stalled | receiver | certain | blocks do not reach the bucket
        versions Thanos 0.42 and later
        ? initial upload failed
        = level=error component=multi-tsdb tenant=default-tenant msg="initial upload failed" err="EOF"
        versions Thanos 0.42 and later
        ? periodic upload failed
        = level=error component=multi-tsdb tenant=default-tenant msg="periodic upload failed" err="EOF"
        ? upload failed
        = level=warn component=receive component=uploader msg="upload failed" elapsed=1.2s err="EOF"
        ? read metadata for block
        = level=error err="read metadata for block 01M817KTNA2STY54HSN6D1BZBN"
        @ compactor-overlap-halt | compactor | certain | the compactor has halted
        ? overlaps found while gathering blocks
        = level=error err="overlaps found while gathering blocks"
        ? critical error detected; halting
        = level=error msg="critical error detected; halting"
        @ query-endpoint-missing | query | likely | Query does not reach a store
        ? update of endpoint failed
        = level=warn msg="update of endpoint failed" address=thanos-receiver:10901
        ? No StoreAPIs matched
        = level=warn msg="No StoreAPIs matched for this query"

        """#
}
