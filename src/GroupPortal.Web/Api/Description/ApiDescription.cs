using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Tokens;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GroupPortal.Web.Api.Description;

/// <summary>The OpenAPI document: bodies are read from raw requests, so their shapes are put in here.</summary>
internal sealed class ApiDescription : IOpenApiDocumentTransformer
{
    public const string Address = "/openapi/v1.json";

    private const string Json = "application/json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "GroupPortal",
            Version = "v1",
            Description = "The GroupID groups API over Active Directory and Microsoft Entra ID.",
        };
        document.Servers = [];
        Schemas.AddTo(document);
        document.AddComponent<IOpenApiSecurityScheme>(BearerTokens.SchemeName, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Description = "An account's name and password give an access token, good for 20 minutes, and a refresh token.",
            Flows = new OpenApiOAuthFlows { Password = new OpenApiOAuthFlow { TokenUrl = new Uri(ApiPaths.Token, UriKind.Relative), Scopes = new Dictionary<string, string>() } },
        });

        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            if (operation.OperationId is { } id && Operations.All.TryGetValue(id, out var described))
            {
                Describe(document, operation, described);
            }
            else if (operation.OperationId == TokenApi.EndpointName)
            {
                DescribeToken(document, operation);
            }
        }

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiDocument document, OpenApiOperation operation, Operation described)
    {
        operation.Summary = described.Summary;
        operation.Description = described.Text;
        operation.Tags = new HashSet<OpenApiTagReference> { new("Groups", document) };
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerTokens.SchemeName, document)] = [] }];
        if (described.Request is { } request)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Json] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchemaReference(request, document),
                        Examples = described.Examples.ToDictionary(name => name, name => (IOpenApiExample)new OpenApiExample { Value = Example(name) }),
                    },
                },
            };
        }

        Parameters(operation, described);
        operation.Responses = new OpenApiResponses { ["200"] = Answer(document, described.IsWrite ? "Carried out, even in part: see each detail's status." : "As asked.", described.Answer) };
        foreach (var (code, meaning) in Operations.Errors)
        {
            operation.Responses[code.ToString(CultureInfo.InvariantCulture)] = Answer(document, meaning, Schemas.Envelope);
        }

        if (described.IsOfOne)
        {
            operation.Responses["412"] = Answer(document, Operations.Changed, Schemas.Envelope);
        }
    }

    private static void Parameters(OpenApiOperation operation, Operation described)
    {
        operation.Parameters ??= [];
        void Add(string name, ParameterLocation place, string text) => operation.Parameters.Add(
            new OpenApiParameter { Name = name, In = place, Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description = parameter.Name switch
            {
                "groupIdentity" => "A GUID, a distinguished name or a name.",
                "taskId" => "The number of the task.",
                _ => "The number of the identity store.",
            };
        }

        if (described.IsWrite)
        {
            Add("plan", ParameterLocation.Query, "true: answers the plan, every line with status 8, and writes nothing.");
            Add("Prefer", ParameterLocation.Header, "handling=strict: nothing at all unless every line can be done.");
            Add(WriteOptions.ConfirmHeader, ParameterLocation.Header, $"The hash of a held plan ({WriteOptions.PlanHashHeader}) that somebody agreed to.");
        }

        if (described.TakesPreview)
        {
            Add(WriteOptions.PreviewHeader, ParameterLocation.Header, "The hash of the preview that somebody looked at: refused with 409 where the rule would no longer do exactly that.");
        }

        if (described.IsOfOne)
        {
            Add("If-Match", ParameterLocation.Header, "The ETag of the group as it was looked at.");
        }
    }

    private static void DescribeToken(OpenApiDocument document, OpenApiOperation operation)
    {
        operation.Summary = "Get an access token";
        operation.Tags = new HashSet<OpenApiTagReference> { new("Tokens", document) };
        operation.RequestBody = new OpenApiRequestBody
        {
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/x-www-form-urlencoded"] = new OpenApiMediaType
                {
                    Schema = Schemas.Object(
                        null,
                        ("grant_type", Schemas.Text("password or refresh_token.")), ("username", Schemas.Text(null)), ("password", Schemas.Text(null)),
                        ("refresh_token", Schemas.Text(null)), ("client_id", Schemas.Text(null)), ("identity_store_id", Schemas.Text("May be left out."))),
                },
            },
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Answer(document, "Tokens.", Schemas.Tokens),
            ["400"] = Answer(document, "Refused.", Schemas.TokenError),
            ["429"] = Answer(document, "Too many failed attempts; Retry-After says how long to wait.", Schemas.TokenError),
        };
    }

    private static OpenApiResponse Answer(OpenApiDocument document, string meaning, string schema) => new()
    {
        Description = meaning,
        Content = new Dictionary<string, OpenApiMediaType> { [Json] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document) } },
    };

    private static JsonNode? Example(string name)
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream("Examples/" + name)
            ?? throw new InvalidOperationException($"The example {name} is not embedded.");
        return JsonNode.Parse(stream);
    }
}
