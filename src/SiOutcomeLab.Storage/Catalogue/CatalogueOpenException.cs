namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Why a catalogue cannot be opened.</summary>
public enum CatalogueOpenProblem
{
    /// <summary>A newer version of the hub has migrated it.</summary>
    SchemaTooNew = 1,

    /// <summary>A migration that it has run reads otherwise in this build.</summary>
    MigrationChanged = 2,

    /// <summary>The file is not a database, or is damaged.</summary>
    NotADatabase = 3,

    /// <summary>The file system cannot hold the database durably.</summary>
    UnfitFileSystem = 4,

    /// <summary>An older version of the hub made it, and it has not been upgraded.</summary>
    SchemaTooOld = 5,

    /// <summary>The database server does not keep what it acknowledges, or cannot hold the catalogue's text.</summary>
    UnfitServer = 6,

    /// <summary>The database server does not let the hub in.</summary>
    NotAdmitted = 7,
}

/// <summary>The catalogue cannot be opened; nothing in it has been changed.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="innerException">What the database said; null when it is the hub that refuses.</param>
public sealed class CatalogueOpenException(CatalogueOpenProblem problem, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What is wrong.</summary>
    public CatalogueOpenProblem Problem { get; } = problem;
}
