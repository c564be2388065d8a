using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Storage.Tests.Samples;

/// <summary>Submissions that differ in what a test says, and in nothing else.</summary>
internal static class SampleSubmissions
{
    public static readonly OrganisationId Umea = new("2480");
    public static readonly OrganisationId Lund = new("1281");
    public static readonly ProjectId Project = new("early-support");

    // Seven decimals of a second: what is kept must be what was given.
    public static readonly DateTimeOffset Time = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddTicks(1_234_567);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static Submission Of(
        string content, string first, string? last = null, OrganisationId? organisation = null, ProjectId? project = null)
    {
        var from = ReadPeriod(first);
        return new Submission(
            "s-" + Guid.NewGuid().ToString("N"),
            organisation ?? Umea,
            project ?? Project,
            from.Length,
            from,
            ReadPeriod(last ?? first),
            AllowedUses.OwnEvaluation | AllowedUses.PooledResults,
            DataPolicy.Standard,
            Sha256("content " + content),
            """{"organisation":"2480","note":"åäö"}""",
            new LakeObject(Sha256("observations " + content), 1234),
            321,
            new LakeObject(Sha256("participations " + content), 567),
            12,
            [Warning],
            Time,
            Sequence: 0);
    }

    private static Finding Warning { get; } = new(
        "ROWS_FEW", Severity.Warning, SubmissionPart.Observations, "months_income_support", 3, [1, 17],
        new BilingualText("Få rader.", "Few rows."), new BilingualText("Kontrollera urvalet.", "Check the selection."));

    private static Period ReadPeriod(string text) => Period.TryParse(text, out var p) ? p : throw new ArgumentException(text, nameof(text));
}
