namespace SiOutcomeLab.Cli.Failures;

/// <summary>
/// What the program's exit code says: one number per kind of failure. Numbers are part of the interface and never reused.
/// </summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>A fault of the program or the hub.</summary>
    Fault = 1,

    /// <summary>The command line cannot be read.</summary>
    Usage = 2,

    /// <summary>A file is missing, or is not what it should be.</summary>
    InputUnreadable = 3,

    /// <summary>The submission was refused for its content; findings were printed.</summary>
    Refused = 4,

    /// <summary>No token, a token that does not work, a role missing, or another organisation's thing.</summary>
    Unauthorised = 5,

    /// <summary>No hub answers at the address.</summary>
    Unreachable = 6,

    /// <summary>There is no such thing among those the caller may see.</summary>
    NotFound = 7,

    /// <summary>The request stands against something the hub already holds.</summary>
    Conflict = 8,

    /// <summary>The hub found fields of the request wrong.</summary>
    RequestInvalid = 9,

    /// <summary>The hub has no room, is busy for the moment, or does not take anything so large.</summary>
    NoRoom = 10,

    /// <summary>It took longer than allowed.</summary>
    TimedOut = 11,

    /// <summary>A run ended with an error.</summary>
    RunFailed = 12,

    /// <summary>The demo's numbers differ from the reference's.</summary>
    CheckFailed = 13,

    /// <summary>The hub cannot start: data folder in use, port taken, options that cannot be had.</summary>
    HubCannotStart = 14,

    /// <summary>The submission would be taken, but has warnings, and they were asked to count.</summary>
    Warned = 15,

    /// <summary>Nothing more reached the hub for too long, however often it was tried; the same command goes on from there.</summary>
    GaveUp = 16,

    /// <summary>The upload has ended: cancelled, expired, or spoilt by bytes that differ from those sent before.</summary>
    UploadEnded = 17,

    /// <summary>Bytes were changed on their way.</summary>
    DamagedOnTheWay = 18,

    /// <summary>The hub's data are of another version than the program.</summary>
    OtherVersion = 20,

    /// <summary>The hub's key file cannot be used, or lacks a key.</summary>
    KeyUnusable = 21,

    /// <summary>Something of the hub's data, or of a backup, is missing or damaged.</summary>
    DataDamaged = 22,

    /// <summary>There is something where a backup or a restored folder was to be.</summary>
    TargetTaken = 23,

    /// <summary>The audit chain is broken.</summary>
    AuditBroken = 24,

    /// <summary>The data give no answer to what was asked: a finding about the data; what there is was printed.</summary>
    NotEstimable = 25,

    /// <summary>Stopped by the user.</summary>
    Cancelled = 130,
}
