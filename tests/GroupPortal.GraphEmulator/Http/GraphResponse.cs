namespace GroupPortal.GraphEmulation.Http;

internal sealed class GraphResponse(int status, ReadOnlyMemory<byte> body = default)
{
    public int Status { get; } = status;

    /// <summary>JSON unless <see cref="ContentType"/> says otherwise; empty: none.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public string ContentType { get; init; } = "application/json";

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static GraphResponse NoContent() => new(204);

    public GraphResponse With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
