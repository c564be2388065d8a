namespace SiOutcomeLab.Storage.Lake;

/// <summary>Why a lake cannot be opened.</summary>
public enum LakeFormatProblem
{
    /// <summary>An older build has written it, and it has not been upgraded.</summary>
    TooOld = 1,

    /// <summary>A newer build has written it.</summary>
    TooNew = 2,

    /// <summary>Its format cannot be told, though it holds objects.</summary>
    Unreadable = 3,

    /// <summary>It is the lake of another catalogue.</summary>
    AnotherCatalogues = 4,
}

/// <summary>The lake is of another format than this build's; nothing in it has been changed.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="folder">The lake's folder.</param>
/// <param name="found">The format found; null when it cannot be told.</param>
public sealed class LakeFormatException(LakeFormatProblem problem, string folder, int? found)
    : Exception(problem switch
    {
        LakeFormatProblem.TooOld => $"The lake {folder} has format {found}, this build needs {LakeFormat.Current}: make a backup, "
            + "then run 'silab hub upgrade'.",
        LakeFormatProblem.TooNew => $"The lake {folder} has format {found}, which is newer than this build's {LakeFormat.Current}: "
            + "start the newer build.",
        LakeFormatProblem.AnotherCatalogues => $"The lake {folder} belongs to another catalogue: name this catalogue's own lake, or an empty place.",
        _ => $"The file {Path.Combine(folder, LakeFormat.FileName)} does not tell the lake's format: restore the lake from backup.",
    })
{
    /// <summary>What is wrong.</summary>
    public LakeFormatProblem Problem { get; } = problem;

    /// <summary>The format found; null when it cannot be told.</summary>
    public int? Found { get; } = found;
}
