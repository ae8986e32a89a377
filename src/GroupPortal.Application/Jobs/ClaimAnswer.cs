namespace GroupPortal.Application.Jobs;

/// <summary>What became of the wish to be the one who applies a plan.</summary>
internal enum ClaimAnswer
{
    Claimed,

    /// <summary>Somebody was faster, or the task is somebody else's by now.</summary>
    Taken,

    /// <summary>What the portal keeps of the group is another since an update by rule was planned.</summary>
    Overtaken,
}
