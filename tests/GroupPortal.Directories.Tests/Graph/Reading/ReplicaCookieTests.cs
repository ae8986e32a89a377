using GroupPortal.EntraId.Reading;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class ReplicaCookieTests
{
    [Fact]
    public void A_cookie_is_read_as_it_was_written()
    {
        var cookie = ReplicaCookie.Start.With(0, "$deltatoken=a:b|c").With(1, "$skiptoken=d") with { Loading = 1 };

        var read = ReplicaCookie.Read(cookie.ToString());

        Assert.NotNull(read);
        Assert.Equal(1, read.Loading);
        Assert.Equal(["$deltatoken=a:b%7Cc", "$skiptoken=d", "", "", ""], read.Queries);
        Assert.Equal(cookie.ToString(), read.ToString());
    }

    [Fact]
    public void A_cookie_without_a_token_where_one_must_be_is_none()
    {
        Assert.Null(ReplicaCookie.Read((ReplicaCookie.Start with { Loading = null }).ToString()));
        Assert.Null(ReplicaCookie.Read((ReplicaCookie.Start with { Loading = 2 }).ToString()));
        Assert.Null(ReplicaCookie.Read(ReplicaCookie.Start.ToString() + "|"));
        Assert.NotNull(ReplicaCookie.Read(ReplicaCookie.Start.ToString()));
    }

    [Fact]
    public void Of_a_link_only_the_query_is_kept()
    {
        Assert.Equal("$deltatoken=x%2Fy", ReplicaCookie.QueryOf("https://graph.microsoft.com/v1.0/users/delta?$deltatoken=x%2Fy"));
        Assert.Null(ReplicaCookie.QueryOf("https://graph.microsoft.com/v1.0/users/delta"));
        Assert.Null(ReplicaCookie.QueryOf(null));
    }

    [Fact]
    public void A_cookie_of_a_portal_that_asked_for_other_properties_is_none()
    {
        var parts = ReplicaCookie.Start.ToString().Split(':');
        parts[1] = "0000000000000000";
        Assert.Null(ReplicaCookie.Read(string.Join(':', parts)));
    }
}
