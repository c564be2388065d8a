namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A catalogue whatever database holds it. What faces readers is given <see cref="Releases"/> alone, never the whole.</summary>
public interface ICatalogue : IAsyncDisposable
{
    /// <summary>Which submissions exist.</summary>
    ISubmissionCatalogue Submissions { get; }

    /// <summary>Submissions on their way in.</summary>
    IUploadCatalogue Uploads { get; }

    /// <summary>What keeps the lake's objects from removal while they are committed.</summary>
    ILakeHolds Holds { get; }

    /// <summary>Projects and their keys.</summary>
    IProjectCatalogue Projects { get; }

    /// <summary>Which interventions and plans are registered.</summary>
    IPlanCatalogue Plans { get; }

    /// <summary>Runs and whether their results count.</summary>
    IRunCatalogue Runs { get; }

    /// <summary>What readers may see.</summary>
    IReleaseStore Releases { get; }

    /// <summary>Kronor: releases for readers, full-precision sums for the hub.</summary>
    ICostStore Costs { get; }

    /// <summary>Benchmarks, and what they rest on.</summary>
    IBenchmarkCatalogue Benchmarks { get; }

    /// <summary>Bearer tokens.</summary>
    IAccessTokens Tokens { get; }

    /// <summary>Roles and revocations.</summary>
    IIdentityCatalogue Identity { get; }

    /// <summary>Who did what, chained.</summary>
    IAuditLog Audit { get; }
}
