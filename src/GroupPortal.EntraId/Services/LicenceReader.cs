using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.EntraId.Services;

/// <summary>What the tenant has bought for its people.</summary>
internal sealed class LicenceReader(GraphReader graph)
{
    public static GraphQuery Question { get; } = new("/subscribedSkus") { Select = ["skuId", "skuPartNumber", "appliesTo", "prepaidUnits", "consumedUnits"] };

    public async Task<DirectoryAnswer<IReadOnlyList<Licence>>> ReadAsync(CancellationToken cancellation) =>
        (await graph.GetAsync(Question, cancellation)).Map<IReadOnlyList<Licence>>(answer => [.. Of(answer)]);

    /// <summary>Those for people; others are the whole tenant's. In the weeks after its end a subscription can still be used (warning).</summary>
    public static IEnumerable<Licence> Of(JsonElement answer) =>
        from sku in answer.Items()
        where sku.Text("appliesTo") is null or "User" && Guid.TryParse(sku.Text("skuId"), out _)
        let units = sku.Has("prepaidUnits") ? sku.GetProperty("prepaidUnits") : default
        select new Licence(
            Guid.Parse(sku.Text("skuId")!),
            sku.Text("skuPartNumber") ?? sku.Text("skuId")!,
            units.Number("enabled") is { } enabled ? enabled + (units.Number("warning") ?? 0) : null,
            sku.Number("consumedUnits"));
}
