using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Web.Components.Tenants;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Tests.Tenants;

/// <summary>The expiration policy of a tenant, from how it stands to what is saved.</summary>
public sealed class ExpirationCardTests(SampleStores stores) : TenantPortalTests(stores)
{
    [Fact]
    public void A_tenant_without_a_policy_can_get_one()
    {
        var card = Show();

        card.WaitForAssertion(() => Assert.Contains("do not expire", card.Find(".policy-body").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Set up expiration", card.Find(".card-head button").TextContent);
    }

    [Fact]
    public async Task What_it_means_is_said_before_it_is_saved()
    {
        Tenant.Policy = new ExpirationPolicy(180, ExpiringGroups.Selected, ["old@example.com"]);
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.FindAll(".policy-card input")[2].ChangeAsync(new() { Value = "on" });
        await card.Find(".policy-days").InputAsync(new() { Value = "365" });
        await card.Find("textarea").InputAsync(new() { Value = "one@example.com\ntwo@example.com; ONE@example.com" });
        await card.Find("form").SubmitAsync();

        Assert.Contains("Every Microsoft 365 group of the tenant is deleted 365 days after", card.Find(".policy-means").TextContent, StringComparison.Ordinal);
        Assert.Contains("one@example.com, two@example.com.", card.Find(".policy-means").TextContent, StringComparison.Ordinal);
        Assert.Equal(180, Tenant.Policy.Days);
        JSInterop.VerifyFocusAsyncInvoke(2)[^1].Arguments[0].ShouldBeElementReferenceTo(card.Find(".policy-means h3"));
        await card.Find(".policy-actions .btn-primary").ClickAsync();

        card.WaitForAssertion(() => Assert.Contains("is saved", card.Find(".notice-positive").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal((365, ExpiringGroups.All, 2), (Tenant.Policy.Days, Tenant.Policy.Groups, Tenant.Policy.Mails.Count));
        Assert.Equal(Focused()[0], Focused()[^1]);
        Assert.Equal(3, Focused().Count);
        Assert.Contains("365 days", card.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("29", "", ".policy-days")]
    [InlineData("a year", "", ".policy-days")]
    [InlineData("", "", ".policy-days")]
    [InlineData("180", "nobody", "textarea")]
    public async Task What_cannot_be_is_said_beside_its_field(string days, string mails, string field)
    {
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        // Known only until it is rendered again.
        var reference = card.Find(field).GetAttribute("blazor:elementReference");
        await card.Find(".policy-days").InputAsync(new() { Value = days });
        await card.Find("textarea").InputAsync(new() { Value = mails });
        await card.Find("form").SubmitAsync();

        Assert.Equal("true", card.Find(field).GetAttribute("aria-invalid"));
        Assert.NotEmpty(card.Find(".field-error").TextContent.Trim());
        Assert.Equal(reference, Focused()[^1]);
        Assert.Empty(card.FindAll(".policy-means"));
    }

    [Fact]
    public async Task A_policy_of_which_nobody_knows_whether_it_is_saved_is_called_neither_saved_nor_failed()
    {
        Tenant.Policy = new ExpirationPolicy(180, ExpiringGroups.All, []);
        Tenant.PolicyInstead = new PolicyAnswer.Unknown(new DirectoryError.Unavailable());
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.Find(".policy-days").InputAsync(new() { Value = "365" });
        await card.Find("form").SubmitAsync();
        await card.Find(".policy-actions .btn-primary").ClickAsync();

        card.WaitForAssertion(() => Assert.Contains("did not say whether", card.Find(".notice-caution[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(card.FindAll(".notice-positive"));
        card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll(".facts")), Patience);
    }

    [Fact]
    public async Task What_stands_already_is_not_saved_again()
    {
        Tenant.Policy = new ExpirationPolicy(180, ExpiringGroups.All, []);
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.Find("form").SubmitAsync();

        Assert.Contains("Nothing has been changed yet", card.Find(".policy-actions").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_goes_back_finds_what_was_typed()
    {
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.Find(".policy-days").InputAsync(new() { Value = "90" });
        await card.Find("form").SubmitAsync();
        await card.Find(".policy-actions .btn").ClickAsync();

        Assert.Equal("90", card.Find(".policy-days").GetAttribute("value"));
    }

    [Fact]
    public async Task A_policy_that_Entra_ID_refuses_is_not_said_to_be_saved()
    {
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.Find("form").SubmitAsync();
        Tenant.Error = new DirectoryError.AccessDenied { ServerText = "Insufficient privileges." };
        await card.Find(".policy-actions .btn-primary").ClickAsync();

        card.WaitForAssertion(() => Assert.Contains("Insufficient privileges.", card.Find(".error").TextContent, StringComparison.Ordinal), Patience);
        Assert.NotNull(card.Find(".policy-means"));
        Assert.Null(Tenant.Policy);
    }

    [Fact]
    public async Task Who_leaves_while_it_is_saved_breaks_nothing()
    {
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Tenant.PolicyTakes = taken.Task;
        var card = Show();
        await card.WaitForElement(".card-head button", Patience).ClickAsync();
        await card.Find("form").SubmitAsync();
        var click = card.Find(".policy-actions .btn-primary").ClickAsync();

        await DisposeComponentsAsync();
        taken.SetResult();

        await click;
        Assert.NotNull(Tenant.Policy);
        Assert.Null(Renderer.UnhandledException.IsCompleted ? await Renderer.UnhandledException : null);
    }

    [Fact]
    public void An_error_can_be_tried_again()
    {
        Tenant.Error = new DirectoryError.Unavailable();
        var card = Show();
        var again = card.WaitForElement(".error button", Patience);

        Tenant.Error = null;
        again.Click();

        card.WaitForAssertion(() => Assert.Contains("do not expire", card.Find(".policy-body").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Only_administrators_change_it()
    {
        SignIn("hal", "Hal Helpdesk", "Helpdesk");
        var card = Show();

        card.WaitForAssertion(() => Assert.Contains("Only administrators", card.Find(".policy-body").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(card.FindAll("button"));
    }

    /// <summary>What the focus went to, one after another.</summary>
    private List<string> Focused() => [.. JSInterop.Invocations["Blazor._internal.domWrapper.focus"].Select(call => ((ElementReference)call.Arguments[0]!).Id)];

    private IRenderedComponent<ExpirationCard> Show() => Render<ExpirationCard>(with => with.Add(card => card.Store, Stores.All[1].Store));
}
