using GroupPortal.Web.Auth;
using GroupPortal.Web.Tests.Components;

namespace GroupPortal.Web.Tests.Auth;

public sealed class PasswordSignInsTests
{
    private static readonly SignInAnswer Wrong = new SignInAnswer.Refused(SignInRefusal.DoNotMatch);
    private static readonly SignInAnswer Disabled = new SignInAnswer.Refused(SignInRefusal.Disabled);
    private static readonly SignInAnswer Unreachable = new SignInAnswer.Refused(SignInRefusal.Unreachable);
    private static readonly SignInAnswer TooMany = new SignInAnswer.TooMany(TimeSpan.FromMinutes(1));
    private static readonly SignInAnswer Welcome = new SignInAnswer.Welcome(new PortalAccount("ada", "Ada", PortalRoles.User), "one");

    private readonly GuessLimit _guesses = new(new FakeClock(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero)));

    public static TheoryData<SignInAnswer[], SignInAnswer> Answers => new()
    {
        { [], Wrong },
        { [Wrong, Wrong], Wrong },
        { [Wrong, Welcome], Welcome },
        { [Disabled, Welcome], Welcome },
        { [Unreachable, Wrong], Unreachable },
        { [Unreachable, Disabled], Disabled },
        { [TooMany, Unreachable], TooMany },
        { [Disabled, TooMany], Disabled },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Of_several_directories_the_one_that_knows_the_person_answers(SignInAnswer[] each, SignInAnswer whole) =>
        Assert.Equal(whole, await new PasswordSignIns(each.Select(answer => new FixedAnswer(answer)), _guesses).SignInAsync("ada", "x", "::1", CancellationToken.None));

    [Theory]
    [InlineData("ada", "")]
    [InlineData("", "x")]
    public async Task Without_a_name_or_a_password_nobody_is_asked(string name, string password)
    {
        var way = new FixedAnswer(Welcome);

        Assert.Equal(Wrong, await new PasswordSignIns([way], _guesses).SignInAsync(name, password, "::1", CancellationToken.None));
        Assert.Equal(0, way.Asked);
    }

    [Fact]
    public async Task Failures_are_counted_whatever_the_reason()
    {
        var signIns = new PasswordSignIns([new FixedAnswer(Disabled)], _guesses);
        for (var times = 0; times < GuessLimit.MostFailures; times++)
        {
            Assert.Equal(Disabled, await signIns.SignInAsync("ada", "x", "::1", CancellationToken.None));
        }

        Assert.IsType<SignInAnswer.TooMany>(await signIns.SignInAsync("ada", "x", "::1", CancellationToken.None));
    }

    private sealed class FixedAnswer(SignInAnswer answer) : IPasswordSignIn
    {
        public int Asked { get; private set; }

        public string Method => "one";

        public bool IsAvailable => true;

        public Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(answer);
        }

        public Task<bool> IsStillValidAsync(string name, string role, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
