namespace GroupPortal.GraphEmulation.Http;

/// <summary>A request before anybody looked at it.</summary>
/// <param name="Target">Path with version and query.</param>
/// <param name="Origin">Scheme and host, as the client named them.</param>
internal sealed record Incoming(string Method, string Target, string Origin, IReadOnlyDictionary<string, string> Headers, string Body);
