using System.Text.Json;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>POST …/Criteria/Translate: one rule in all languages.</summary>
internal sealed class TranslateApi(StoreRegistry stores, PreviewService previews)
{
    private static readonly (string Name, CriteriaLanguage Language)[] Languages =
        [("groupid", CriteriaLanguage.GroupId), ("ldap", CriteriaLanguage.Ldap), ("entra", CriteriaLanguage.Entra), ("graph", CriteriaLanguage.Graph)];

    public async Task TranslateAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var reader = new RuleReader();
        var (language, text) = reader.Translation(call.Body);
        if (reader.Problems.Count > 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable(reader.Problems));
            return;
        }

        stores.TryGet(call.Store.Id, out var directory);
        var reading = CriteriaText.Read(language, text, directory!.Vocabulary);
        await using var writer = WireWriter.Begin(context, StatusCodes.Status200OK);
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteBoolean("valid", reading.IsValid);
        CriteriaJson.Problems(json, reading.Problems);
        Translations(json, reading, directory.Vocabulary);
        CriteriaJson.Lint(json, reading.IsValid
            ? previews.SeenBy(call.Store.Id, call.Requester.Person.Role).Of(previews.Lint(call.Store.Id, reading.Root!, [reading.ObjectType ?? QueryObjectType.Users]), reading.Root!)
            : []);
        json.WriteEndObject();
    }

    /// <summary>A text that would select others is none: it is null, and its reason stands in <c>reasons</c>.</summary>
    private static void Translations(Utf8JsonWriter json, CriteriaReading reading, CriteriaVocabulary vocabulary)
    {
        var all = reading.IsValid
            ? Languages.Select(one => (one.Name, Text: CriteriaText.Write(one.Language, reading.Root!, vocabulary, reading.ObjectType))).ToList()
            : [.. Languages.Select(one => (one.Name, Text: new Translation(null, null, [])))];
        json.WriteStartObject("translations");
        foreach (var (name, translation) in all)
        {
            json.WriteString(name, translation.IsExact ? translation.Text : null);
        }

        json.WriteEndObject();
        json.WriteStartObject("reasons");
        foreach (var (name, translation) in all.Where(one => !one.Text.IsExact && reading.IsValid))
        {
            json.WriteString(name, string.Join(' ', translation.Problems.Select(problem => problem.Message)));
        }

        json.WriteEndObject();
    }
}
