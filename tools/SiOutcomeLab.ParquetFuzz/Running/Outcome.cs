namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>What became of a case.</summary>
internal enum OutcomeKind
{
    /// <summary>The same rows as before the change.</summary>
    SameRows,

    /// <summary>The one typed exception.</summary>
    Refused,

    /// <summary>Other rows, where the change made checksums true again or touched what has none.</summary>
    OtherRows,

    /// <summary>Other rows although a checksum or the frame says that something is wrong.</summary>
    SilentlyOther,

    /// <summary>Other rows, or another verdict, for another batch length.</summary>
    Unsteady,

    /// <summary>An exception of another type.</summary>
    Crashed,

    /// <summary>More time than the limit.</summary>
    Slow,

    /// <summary>More memory than the limit.</summary>
    Large,
}

/// <summary>What became of a case, with what it took.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Seconds">Of the slower of both readings.</param>
/// <param name="Bytes">Managed memory taken by one reading, freed or not.</param>
/// <param name="Detail">What went wrong, for a failure; the error's code for a refusal.</param>
internal sealed record Outcome(OutcomeKind Kind, double Seconds, long Bytes, string Detail)
{
    public bool IsFailure => Kind >= OutcomeKind.SilentlyOther;
}
