namespace GroupPortal.EntraId;

/// <summary>Microsoft's clouds: each has its own Graph and its own place to get tokens.</summary>
internal enum GraphCloud
{
    Global,
    UsGov,
    UsGovDod,
    China,
}

internal static class GraphClouds
{
    public static Uri Root(this GraphCloud cloud) => new(cloud switch
    {
        GraphCloud.Global => "https://graph.microsoft.com",
        GraphCloud.UsGov => "https://graph.microsoft.us",
        GraphCloud.UsGovDod => "https://dod-graph.microsoft.us",
        GraphCloud.China => "https://microsoftgraph.chinacloudapi.cn",
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, message: null),
    });

    /// <summary>Where the app gets its tokens.</summary>
    public static Uri Authority(this GraphCloud cloud) => cloud switch
    {
        GraphCloud.Global => Azure.Identity.AzureAuthorityHosts.AzurePublicCloud,
        GraphCloud.UsGov or GraphCloud.UsGovDod => Azure.Identity.AzureAuthorityHosts.AzureGovernment,
        GraphCloud.China => Azure.Identity.AzureAuthorityHosts.AzureChina,
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, message: null),
    };
}
