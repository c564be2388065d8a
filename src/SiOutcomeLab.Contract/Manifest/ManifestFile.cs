namespace SiOutcomeLab.Contract;

/// <summary>A file of a submission as its manifest declares it.</summary>
/// <param name="Sha256">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">The file's length; positive.</param>
/// <param name="Rows">The file's rows; not negative.</param>
public sealed record ManifestFile(string Sha256, long Bytes, long Rows);
