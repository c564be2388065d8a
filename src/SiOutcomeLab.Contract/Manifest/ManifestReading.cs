using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>What came of reading a manifest: the manifest, or why there is none.</summary>
/// <param name="Manifest">The manifest; null exactly when there are findings.</param>
/// <param name="Findings">What is wrong with it; empty exactly when there is a manifest.</param>
public sealed record ManifestReading(SubmissionManifest? Manifest, IReadOnlyList<Finding> Findings);
