using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class ObjectValuesTests
{
    [Theory]
    [InlineData("""{"groupTypes":[],"mailEnabled":false,"securityEnabled":true}""", EntraGroupType.Security, GroupAuthority.Directory)]
    [InlineData("""{"groupTypes":["DynamicMembership"],"mailEnabled":false}""", EntraGroupType.Security, GroupAuthority.Directory)]
    [InlineData("""{"groupTypes":[],"mailEnabled":true,"securityEnabled":true}""", EntraGroupType.Distribution, GroupAuthority.Exchange)]
    [InlineData("""{"groupTypes":[],"mailEnabled":true,"securityEnabled":false}""", EntraGroupType.Distribution, GroupAuthority.Exchange)]
    [InlineData("""{"groupTypes":[],"mailEnabled":true,"onPremisesSyncEnabled":true}""", EntraGroupType.Distribution, GroupAuthority.OnPremises)]
    [InlineData("""{"groupTypes":[],"mailEnabled":false,"onPremisesSyncEnabled":false}""", EntraGroupType.Security, GroupAuthority.Directory)]
    [InlineData("""{"groupTypes":["Unified"],"mailEnabled":true,"resourceProvisioningOptions":[]}""", EntraGroupType.Microsoft365, GroupAuthority.Directory)]
    [InlineData("""{"groupTypes":["Unified","DynamicMembership"],"mailEnabled":true,"resourceProvisioningOptions":["Team"]}""", EntraGroupType.Teams, GroupAuthority.Directory)]
    [InlineData("""{}""", EntraGroupType.Security, GroupAuthority.Directory)]
    public void Every_group_has_one_type_and_one_who_writes_it(string json, EntraGroupType type, GroupAuthority authority)
    {
        var group = JsonDocument.Parse(json).RootElement;

        Assert.Equal(type, ObjectValues.GroupTypeOf(group));
        Assert.Equal(authority, ObjectValues.AuthorityOf(group));
    }

    [Fact]
    public void Values_of_a_person_have_the_names_and_forms_of_the_vocabulary()
    {
        var person = JsonDocument.Parse(
            """
            {"id":"bbbbbbbb-0000-0000-0000-000000000001","displayName":"Ana","mailNickname":"ana","officeLocation":"B 12","accountEnabled":false,
             "businessPhones":["+1 2","+3 4"],"imAddresses":["ana@contoso"],"proxyAddresses":["SMTP:ana@contoso","smtp:a@contoso"],"department":null,"city":"",
             "employeeHireDate":"2024-02-29T08:30:00+02:00","onPremisesSyncEnabled":null,
             "assignedPlans":[{"capabilityStatus":"Enabled","service":"exchange","servicePlanId":"9aaf7827-d63c-4b61-89c3-182f06f82e5c","assignedDateTime":"2024-01-01T00:00:00Z"}],
             "onPremisesExtensionAttributes":{"extensionAttribute1":"one","extensionAttribute2":null,"extensionAttribute15":"last"}}
            """).RootElement;

        var values = DeltaValues.Of(person, DeltaFeed.All[0]).ToDictionary(value => value.Key, value => string.Join('|', value.Value));

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["displayName"] = "Ana",
                ["mailNickName"] = "ana",
                ["physicalDeliveryOfficeName"] = "B 12",
                ["accountEnabled"] = "FALSE",
                ["telephoneNumber"] = "+1 2",
                ["sipProxyAddress"] = "ana@contoso",
                ["proxyAddresses"] = "SMTP:ana@contoso|smtp:a@contoso",
                ["employeeHireDate"] = "2024-02-29T06:30:00Z",
                ["dirSyncEnabled"] = "FALSE",
                ["assignedPlans"] = "capabilityStatus=Enabled;service=exchange;servicePlanId=9aaf7827-d63c-4b61-89c3-182f06f82e5c",
                ["extensionAttribute1"] = "one",
                ["extensionAttribute15"] = "last",
            }.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            values.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Values_of_a_contact_are_taken_out_of_its_lists()
    {
        var contact = JsonDocument.Parse(
            """
            {"id":"bbbbbbbb-0000-0000-0000-000000000001","displayName":"Carla","mailNickname":"carla","companyName":"Partner",
             "addresses":[{"city":null,"countryOrRegion":"Austria","officeLocation":"3","postalCode":"1010","state":null,"street":"Ring 1"}],
             "phones":[{"number":null,"type":"mobile"},{"number":"+43 1","type":"business"},{"number":"+43 2","type":"businessFax"}]}
            """).RootElement;

        var values = DeltaValues.Of(contact, DeltaFeed.All.Single(feed => feed.Kind.Kind == ObjectKind.Contact)).Select(value => $"{value.Key}={string.Join('|', value.Value)}");

        Assert.Equal(
            [
                "companyName=Partner", "country=Austria", "displayName=Carla", "facsimileTelephoneNumber=+43 2", "mailNickName=carla",
                "physicalDeliveryOfficeName=3", "postalCode=1010", "streetAddress=Ring 1", "telephoneNumber=+43 1",
            ],
            values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_that_rules_can_ask_of_people_and_devices_is_asked_of_graph()
    {
        var vocabulary = GroupPortal.Core.Criteria.CriteriaVocabulary.For(StoreKind.EntraId);
        var held = DeltaFeed.All.SelectMany(feed => feed.Attributes).Select(one => one.Attribute.Name).ToHashSet();

        Assert.Empty(vocabulary.Attributes.Where(attribute => attribute.IsReplicated && attribute.Name is not ("memberOf" or "manager")).Select(attribute => attribute.Name).Except(held));
        Assert.Contains("manager", DeltaFeed.All[0].Select);
        Assert.Contains("extensionAttributes", DeltaFeed.All[2].Select);
        Assert.All(DeltaFeed.All, feed => Assert.DoesNotContain(feed.Select, name => name.Contains('/', StringComparison.Ordinal)));
    }
}
