using System.Text.Json;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;

namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>Problems and findings of criteria as the API shows them.</summary>
internal static class CriteriaJson
{
    public static void Problems(Utf8JsonWriter json, IReadOnlyList<CriteriaProblem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("message", problem.Message);
            json.WriteNumber("start", problem.Start);
            json.WriteNumber("length", problem.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Lint(Utf8JsonWriter json, IReadOnlyList<LintFinding> findings)
    {
        json.WriteStartArray("lint");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("level", finding.Level == LintLevel.Warning ? "warning" : "hint");
            json.WriteString("path", finding.Path);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
