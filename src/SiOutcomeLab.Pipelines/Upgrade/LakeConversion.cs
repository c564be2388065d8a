using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Upgrade;

namespace SiOutcomeLab.Pipelines.Upgrade;

/// <summary>
/// Brings a lake of files as they were sent to this build's format: the same rows, with persons named by the hub's own key. First all new
/// objects, then the catalogue in one transaction, then the old objects go, and last the lake says its format: killed anywhere, it is
/// finished by being run again.
/// </summary>
/// <param name="folder">The data folder, held; its catalogue has this build's schema.</param>
/// <param name="catalogue">The catalogue.</param>
/// <param name="keys">The hub's keys.</param>
/// <param name="progress">Told bytes done and bytes in all; null for nobody.</param>
public sealed class LakeConversion(DataFolder folder, ICatalogue catalogue, HubKeyRing keys, Action<long, long>? progress)
{
    private readonly EarlierLake _lake = new(folder.LakePath);
    private readonly KeptSecrets _secrets = new(catalogue.Uploads, catalogue.Projects, keys);

    /// <summary>Converts, and says how many objects were written.</summary>
    /// <exception cref="Storage.Backup.BackupException">An object is missing or damaged; everything is as it was.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var kept = await catalogue.Submissions.KeptAsync(null, cancellationToken);
        var (done, total) = (0L, kept.Sum(s => s.Observations.Bytes + (s.Participations?.Bytes ?? 0)));
        var renewed = new Dictionary<string, SubmissionFiles>(StringComparer.Ordinal);
        var written = 0;
        foreach (var s in kept)
        {
            progress?.Invoke(done, total);
            var files = SubmissionFiles.Of(s);
            var observations = await ConvertAsync(s.Project, s.Observations, SubmissionPart.Observations, cancellationToken);
            var participations = s.Participations is null ? null : await ConvertAsync(s.Project, s.Participations, SubmissionPart.Participations, cancellationToken);
            done += s.Observations.Bytes + (s.Participations?.Bytes ?? 0);
            written += (observations == s.Observations ? 0 : 1) + (participations == s.Participations ? 0 : 1);
            if (observations != s.Observations || participations != s.Participations)
            {
                renewed[s.Id] = files with { Observations = observations, Participations = participations };
            }
        }

        progress?.Invoke(done, total);
        if (renewed.Count > 0) await CatalogueUpgrade.ReplaceAllFilesAsync(folder.CataloguePath, renewed, cancellationToken);
        progress?.Invoke(done, total);
        RemoveUploads();
        _lake.Finish(await catalogue.Submissions.NamedObjectsAsync(cancellationToken));
        return written;
    }

    private async Task<LakeObject> ConvertAsync(ProjectId project, LakeObject sent, SubmissionPart part, CancellationToken cancellationToken)
    {
        await using var source = await _lake.OpenReadAsync(sent, cancellationToken);
        using (var reader = ParquetReader.Open(source, leaveOpen: true))
        {
            // Converted by an earlier attempt, which got as far as the catalogue.
            if (LakeFileFormat.Of(reader) == LakeFileFormat.Current) return sent;
        }

        var scratch = Path.Combine(folder.SpoolPath, "upgrade.tmp");
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var target = new FileStream(scratch, how);
        source.Position = 0;
        var personKey = await _secrets.PersonKeyAsync(project, cancellationToken);
        var rekeyer = new PersonRekeyer(personKey);
        CryptographicOperations.ZeroMemory(personKey);
        var file = LakeRewriter.Rewrite(source, part, target, rekeyer, Environment.ProcessorCount, cancellationToken);
        target.Position = 0;
        return await _lake.PutAsync(file.Sha256, target, cancellationToken);
    }

    // What an earlier build left of uploads that were under way is not encrypted, and of no use to anybody.
    private void RemoveUploads()
    {
        foreach (var leftover in Directory.EnumerateFiles(folder.SpoolPath, "*.upload")) File.Delete(leftover);
    }
}
