namespace SiOutcomeLab.Hub.Errors;

/// <summary>Everything the hub can answer instead of a reply. <see cref="ErrorTable"/> says how each goes over the wire.</summary>
public enum HubError
{
    /// <summary>The call needs credentials and came without, or with ones that do not work.</summary>
    CredentialsInvalid = 1,

    /// <summary>The caller's roles do not allow the call.</summary>
    RoleMissing = 2,

    /// <summary>The call is about another organisation than the caller's.</summary>
    NotOwnOrganisation = 3,

    /// <summary>A request field is missing or not allowed.</summary>
    FieldInvalid = 4,

    /// <summary>The parts of a submission came out of order.</summary>
    ChunkOrder = 5,

    /// <summary>A submission is larger than this hub takes.</summary>
    SubmissionTooLarge = 6,

    /// <summary>Too many submissions are arriving at this moment.</summary>
    SpoolFull = 7,

    /// <summary>A period is already covered by another submission.</summary>
    PeriodOverlap = 8,

    /// <summary>No such submission among the caller's own.</summary>
    SubmissionUnknown = 9,

    /// <summary>Another intervention stands under this code.</summary>
    InterventionDiffers = 10,

    /// <summary>The organisation has not registered this intervention.</summary>
    InterventionUnknown = 11,

    /// <summary>Another plan stands under this identifier and version.</summary>
    PlanDiffers = 12,

    /// <summary>No such plan.</summary>
    PlanUnknown = 13,

    /// <summary>No such run among those the caller may see.</summary>
    RunUnknown = 14,

    /// <summary>No such effect among those the caller may see.</summary>
    EffectUnknown = 15,

    /// <summary>The catalogue is busy, its disk is full, or it cannot be reached; whether anything was changed is uncertain.</summary>
    CatalogueUnavailable = 16,

    /// <summary>No such upload among the caller's own.</summary>
    UploadUnknown = 17,

    /// <summary>The upload is not open any more, or is being checked.</summary>
    UploadClosed = 18,

    /// <summary>Bytes sent again differ from those that were there; the upload has ended.</summary>
    UploadPoisoned = 19,

    /// <summary>Bytes of the upload are missing.</summary>
    UploadIncomplete = 20,

    /// <summary>The organisation has too much on its way in at once.</summary>
    UploadQuota = 21,

    /// <summary>Another call sends the upload now.</summary>
    LeaseLost = 22,

    /// <summary>A chunk begins beyond what has come.</summary>
    OffsetAhead = 23,

    /// <summary>A chunk ends beyond the file's declared size.</summary>
    BeyondDeclared = 24,

    /// <summary>A chunk does not have its checksum.</summary>
    ChunkDamaged = 25,

    /// <summary>A file does not begin as a Parquet file.</summary>
    NotParquet = 26,

    /// <summary>The manifest declares no such file.</summary>
    FileUndeclared = 27,

    /// <summary>Too many files are being received at this moment.</summary>
    Rate = 28,

    /// <summary>The hub is stopping; what was under way is gone on with later.</summary>
    HubStopping = 29,

    /// <summary>The hub's disk does not answer; nothing was acknowledged.</summary>
    StorageUnavailable = 30,

    /// <summary>Another result is being made again.</summary>
    ReproductionBusy = 31,

    /// <summary>No such benchmark among those the caller may see.</summary>
    BenchmarkUnknown = 32,

    /// <summary>The look is still to come, or a later one has been made.</summary>
    LookNotDue = 33,

    /// <summary>The plan's own follow-up does not reach the look's horizon.</summary>
    FollowUpMissing = 34,

    /// <summary>The run has ended, and cannot be cancelled any more.</summary>
    RunEnded = 35,

    /// <summary>No such kronor among those the caller may see.</summary>
    CostsUnknown = 36,

    /// <summary>The run's kronor are there, on their way, or of no use any more.</summary>
    CostingNotGivenUp = 37,

    /// <summary>The plan is closed.</summary>
    PlanClosed = 41,

    /// <summary>No such draft among the caller's own.</summary>
    DraftUnknown = 42,

    /// <summary>The draft is no longer as it was read.</summary>
    DraftChanged = 43,

    /// <summary>The call writes follow-up data, and its connection has no client certificate.</summary>
    CertificateRequired = 101,

    /// <summary>Nothing has come on the call's stream for too long.</summary>
    StreamSilent = 102,
}
