using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The keys that move a clause: Alt with the arrows, up and down its list, right into a group, left out of one.</summary>
internal static class ClauseKeys
{
    public static Task MoveAsync(BuilderContext builder, string path, KeyboardEventArgs key)
    {
        if (!key.AltKey || key.CtrlKey || path.Length == 0)
        {
            return Task.CompletedTask;
        }

        Edited? moved = key.Key switch
        {
            "ArrowUp" => CriteriaEdit.MoveUp(builder.Root, path),
            "ArrowDown" => CriteriaEdit.MoveDown(builder.Root, path),
            "ArrowLeft" => CriteriaEdit.MoveOut(builder.Root, path),
            "ArrowRight" => CriteriaEdit.MoveIn(builder.Root, path),
            _ => null,
        };
        return moved is null ? Task.CompletedTask : builder.MoveAsync(moved);
    }
}
