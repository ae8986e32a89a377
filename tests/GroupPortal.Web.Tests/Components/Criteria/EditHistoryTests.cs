using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class EditHistoryTests
{
    [Fact]
    public void Steps_are_undone_and_redone_in_order()
    {
        var history = new EditHistory<string>("a").To("b").To("c");

        Assert.Equal("b", history.Undo().Present);
        Assert.Equal("a", history.Undo().Undo().Present);
        Assert.False(history.Undo().Undo().CanUndo);
        Assert.Equal("c", history.Undo().Undo().Redo().Redo().Present);
        Assert.False(history.CanRedo);
    }

    [Fact]
    public void The_letters_of_a_word_are_one_step()
    {
        var history = new EditHistory<string>("").To("x").To("xs", "value 0").To("xsa", "value 0").To("xsal", "value 0");

        Assert.Equal("x", history.Undo().Present);
        Assert.Equal("xsal", history.Undo().Redo().Present);
    }

    [Fact]
    public void Typing_on_after_an_undo_is_a_step_of_its_own()
    {
        var history = new EditHistory<string>("").To("s", "value 0").To("sa", "value 0").Undo().To("t", "value 0");

        Assert.Equal("t", history.Present);
        Assert.Equal("", history.Undo().Present);
        Assert.False(history.CanRedo);
    }

    [Fact]
    public void What_changes_nothing_is_no_step() => Assert.False(new EditHistory<string>("a").To("a").CanUndo);
}
