namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Every place at which lake and spool make something durable. The fault simulation leaves out each of them in turn, and must then see
/// something lost: a flush that can be left out unnoticed is untested or superfluous.
/// </summary>
public enum FlushSite
{
    /// <summary>The names of the lake's own folders, and of its format file, in the folders above them.</summary>
    LakeFolders = 1,

    /// <summary>The bytes of the file that tells the lake's format.</summary>
    LakeFormat = 2,

    /// <summary>The name of a shard, in the folder of all objects.</summary>
    LakeShardName = 3,

    /// <summary>The bytes of a new object.</summary>
    LakeObject = 4,

    /// <summary>The bytes of an object that was there, written over themselves.</summary>
    LakeObjectKept = 5,

    /// <summary>The name of an object, in its shard.</summary>
    LakeObjectName = 6,

    /// <summary>The absence of an erased object's name.</summary>
    LakeErased = 7,

    /// <summary>The spool's folder, in the folders above it.</summary>
    SpoolFolders = 8,

    /// <summary>Bytes of an arriving upload, before they are told as durable.</summary>
    SpoolFile = 9,

    /// <summary>The name of an arriving upload's file.</summary>
    SpoolFileName = 10,

    /// <summary>What an earlier holder of an upload's file left, written over itself.</summary>
    SpoolReopened = 11,

    /// <summary>The data folder's name, in the folder above it.</summary>
    DataFolder = 12,
}
