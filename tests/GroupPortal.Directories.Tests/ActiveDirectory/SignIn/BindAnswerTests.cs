using GroupPortal.ActiveDirectory;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory.SignIn;

public sealed class BindAnswerTests
{
    [Theory]
    [InlineData("525", BindOutcome.Wrong)]
    [InlineData("52e", BindOutcome.Wrong)]
    [InlineData("52E", BindOutcome.Wrong)]
    [InlineData("530", BindOutcome.NotPermittedNow)]
    [InlineData("531", BindOutcome.NotPermittedNow)]
    [InlineData("532", BindOutcome.PasswordExpired)]
    [InlineData("533", BindOutcome.Disabled)]
    [InlineData("701", BindOutcome.AccountExpired)]
    [InlineData("773", BindOutcome.MustChangePassword)]
    [InlineData("775", BindOutcome.LockedOut)]
    [InlineData("80", BindOutcome.Wrong)]
    public void The_data_of_a_refused_bind_says_why(string data, BindOutcome outcome) =>
        Assert.Equal(outcome, BindAnswer.Decode(new LdapResult(
            LdapResultCode.InvalidCredentials, "", $"80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data {data}, v1db1\0")));

    [Theory]
    [InlineData(LdapResultCode.Success, "", BindOutcome.Right)]
    [InlineData(LdapResultCode.InvalidCredentials, "", BindOutcome.Wrong)]
    [InlineData(LdapResultCode.NoSuchObject, "", BindOutcome.Wrong)]
    [InlineData(LdapResultCode.Busy, "", BindOutcome.Unreachable)]
    [InlineData(LdapResultCode.Unavailable, "data 533", BindOutcome.Unreachable)]
    public void Other_answers_are_read_by_their_code(LdapResultCode code, string message, BindOutcome outcome) =>
        Assert.Equal(outcome, BindAnswer.Decode(new LdapResult(code, "", message)));

    [Theory]
    [InlineData(LdapFaultKind.Refused, BindOutcome.Unreachable)]
    [InlineData(LdapFaultKind.Certificate, BindOutcome.Unreachable)]
    [InlineData(LdapFaultKind.TimedOut, BindOutcome.Unanswered)]
    [InlineData(LdapFaultKind.Closed, BindOutcome.Unanswered)]
    public void Without_an_answer_nothing_is_known(LdapFaultKind kind, BindOutcome outcome) =>
        Assert.Equal(outcome, BindAnswer.Decode(new LdapAnswer.NotSent(new LdapFault(kind, "ldaps://dc", "text"))));
}
