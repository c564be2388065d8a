namespace SiOutcomeLab.Pipelines.Intake.Rewriting;

/// <summary>A file as it was written for the lake.</summary>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hexadecimal digits: its name in the lake.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Rows">Its rows.</param>
public sealed record LakeFile(string Sha256, long Bytes, long Rows);
