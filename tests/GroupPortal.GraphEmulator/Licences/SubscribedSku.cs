namespace GroupPortal.GraphEmulation.Licences;

/// <summary>A product that the tenant has bought.</summary>
internal sealed record SubscribedSku(Guid Id, string PartNumber, int Enabled, IReadOnlyList<(Guid Id, string Name)> Plans)
{
    public static IReadOnlyList<SubscribedSku> All { get; } =
    [
        new(Guid.Parse("05e9a617-0261-4cee-bb44-138d3ef5d965"), "SPE_E3", 250, [(Guid.Parse("efb87545-963c-4e0d-99df-69c6916d9eb0"), "EXCHANGE_S_ENTERPRISE"), (Guid.Parse("57ff2da0-773e-42df-b2af-ffb7a2317929"), "TEAMS1")]),
        new(Guid.Parse("078d2b04-f1bd-4111-bbd4-b4b1b354cef4"), "AAD_PREMIUM", 500, [(Guid.Parse("41781fb2-bc02-4b7c-bd55-b576c07bb09d"), "AAD_PREMIUM")]),
        new(Guid.Parse("c5928f49-12ba-48f7-ada3-0d743a3601d5"), "VISIOCLIENT", 10, [(Guid.Parse("663a804f-1c30-4ff0-9915-9db84f0d1cea"), "VISIO_CLIENT_SUBSCRIPTION")]),
    ];
}
