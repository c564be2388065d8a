using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Crash;

/// <summary>
/// What a hub does on intake, over and over: bytes into the spool, an object into the lake, a row into the catalogue, then a line as
/// acknowledgement.
/// </summary>
internal static class CommittingProcess
{
    public const string Verb = "commit";

    /// <summary>Large enough that a kill may come in the middle of a write.</summary>
    private const int ObjectBytes = 300_000;

    /// <summary>The command that starts this assembly anew as that process, on a data folder, for so many submissions.</summary>
    public static string[] Command(string folder, int count) =>
        ["dotnet", typeof(CommittingProcess).Assembly.Location, Verb, folder, count.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Starts it to go on until it is killed.</summary>
    public static Process Start(string folder)
    {
        var command = Command(folder, int.MaxValue);
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("The process did not start.");
    }

    public static async Task<int> RunAsync(string path, int count)
    {
        using var folder = DataFolder.Open(path);
        using var lake = new FolderLake(folder.LakePath);
        await using var catalogue = await SqliteCatalogue.OpenAsync(folder.CataloguePath);
        var spool = new UploadSpool(folder.SpoolPath, 1L << 30);
        await spool.SweepAsync(new HashSet<string>(), DateTimeOffset.MaxValue, CancellationToken.None);
        var key = RandomNumberGenerator.GetBytes(32);
        var standing = (await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, CancellationToken.None)).Count;
        for (var i = standing; i - standing < count; i++)
        {
            var draft = Draft(i);
            await using var file = spool.Create(UploadId(i), "observations", key, 1L << 30);
            await file.AppendAsync(0, Content(draft.ContentHash), CancellationToken.None);
            await file.FlushAsync(CancellationToken.None);
            await using (var content = (await file.CompleteAsync(CancellationToken.None)).OpenRead())
            {
                await lake.PutAsync(draft.Observations.Sha256, content, CancellationToken.None);
            }

            var committed = await catalogue.Submissions.CommitAsync(draft, CancellationToken.None);
            await Console.Out.WriteLineAsync(committed.Submission.Id);
            await Console.Out.FlushAsync(CancellationToken.None);
            await file.DeleteAsync();
        }

        return 0;
    }

    /// <summary>The upload by which the submission with this index comes.</summary>
    public static string UploadId(int index) => "upload-" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The bytes of the observations of the submission with this content hash.</summary>
    public static byte[] Content(string contentHash)
    {
        var bytes = new byte[ObjectBytes];
        var pattern = Encoding.ASCII.GetBytes(contentHash);
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(pattern[i % pattern.Length] + (i / pattern.Length));
        return bytes;
    }

    private static Submission Draft(int index)
    {
        var name = index.ToString(CultureInfo.InvariantCulture);
        var draft = SampleSubmissions.Of(name, "2025", organisation: new OrganisationId("o" + name))
            with { Participations = null, ParticipationRows = 0 };
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Content(draft.ContentHash)));
        return draft with { Observations = new LakeObject(sha256, ObjectBytes) };
    }
}
