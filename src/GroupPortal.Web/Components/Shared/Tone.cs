namespace GroupPortal.Web.Components.Shared;

/// <summary>What a colour means. A word or an icon always says it too.</summary>
public enum Tone
{
    /// <summary>Grey: nothing to do, or no judgement.</summary>
    Neutral,

    /// <summary>Green: joins, applied.</summary>
    Positive,

    /// <summary>Red: leaves, refused.</summary>
    Negative,

    /// <summary>Amber: held, warning.</summary>
    Caution,

    /// <summary>The accent: chosen, in progress.</summary>
    Accent,
}
