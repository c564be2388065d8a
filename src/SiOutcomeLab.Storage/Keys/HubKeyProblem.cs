namespace SiOutcomeLab.Storage.Keys;

/// <summary>Why the hub's key file cannot be used.</summary>
public enum HubKeyProblem
{
    /// <summary>There is no file at the path.</summary>
    FileMissing = 1,

    /// <summary>A key file was to be made where one is; making it anew would lose what the old keys protect.</summary>
    FileThere = 2,

    /// <summary>The file lies in the data folder, and would travel with each backup of what it protects.</summary>
    InsideDataFolder = 3,

    /// <summary>Others than the owner may read or write the file.</summary>
    ReadableByOthers = 4,

    /// <summary>The file is not a key file, or is damaged.</summary>
    Malformed = 5,

    /// <summary>A newer build has written the file.</summary>
    TooNew = 6,

    /// <summary>A secret is wrapped under a key that the file does not hold.</summary>
    KeyMissing = 7,

    /// <summary>The active key was to be removed.</summary>
    KeyActive = 8,

    /// <summary>The file or its folder cannot be read or written by this account.</summary>
    NoAccess = 9,
}
