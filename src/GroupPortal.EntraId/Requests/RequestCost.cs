using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Requests;

/// <summary>What a request takes out of the quotas; given with a request where its address does not tell ($batch).</summary>
/// <param name="Writes">0 for a request that changes nothing: only such a one is ever repeated without knowing what became of it.</param>
internal sealed record RequestCost(int ResourceUnits, int Writes) : IRequestOption
{
    /// <summary>
    /// References in the body of a PATCH. By the price list they cost nothing; one project was told that about three of them cost a write.
    /// Which of the two holds is learned while going; see <see cref="RequestPacer"/>.
    /// </summary>
    public int Bound { get; init; }

    public bool IsWrite => Writes > 0;

    public static RequestCost operator +(RequestCost left, RequestCost right) => Add(left, right);

    public static RequestCost Add(RequestCost left, RequestCost right) => new(left.ResourceUnits + right.ResourceUnits, left.Writes + right.Writes);
}
