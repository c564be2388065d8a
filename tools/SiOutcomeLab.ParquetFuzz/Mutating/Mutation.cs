namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>A way to change a file.</summary>
/// <param name="Name">What it is called in results.</param>
/// <param name="MayGiveOtherRows">
/// Whether the changed file may say other rows in good faith: checksums were made true again, or what changed has none. Where not, other
/// rows without an error are a failure.
/// </param>
/// <param name="Apply">Makes the changed file from a sound one and, for splices, another.</param>
internal sealed record Mutation(string Name, bool MayGiveOtherRows, Func<byte[], byte[], Random, byte[]> Apply);
