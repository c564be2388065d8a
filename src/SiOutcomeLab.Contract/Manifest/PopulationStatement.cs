namespace SiOutcomeLab.Contract;

/// <summary>Whom a submission is about. All of the target group belong in it, not only those who took part.</summary>
/// <param name="Definition">Who is in, in plain words; 1–2 000 characters.</param>
/// <param name="Source">The register or system they were taken from; 1–2 000 characters.</param>
public sealed record PopulationStatement(string Definition, string Source);
