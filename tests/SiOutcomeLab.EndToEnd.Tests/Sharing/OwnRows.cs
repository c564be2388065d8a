using System.Text;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Contract;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Protos.Custody.V1;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>What an organisation does afterwards with the one delivery it has sent: each asked of a hub as the program asks it.</summary>
internal static class OwnRows
{
    /// <summary>Sends other rows in the place of the teaching data.</summary>
    public static async Task ReplaceAsync(OperatedHub hub, SharedHubs shared, string organisation)
    {
        var folder = Path.Combine(shared.Root, "other-rows");
        var standing = await OnlySubmissionAsync(hub, organisation);
        await MadeDelivery.WriteAsync(folder, ManifestOf(organisation).Project.Code, 500, 20261122);
        var path = Path.Combine(folder, "manifest.json");
        var manifest = SubmissionManifest.Read(await File.ReadAllBytesAsync(path, Cancel.Token)).Manifest! with { Supersedes = standing };
        await File.WriteAllBytesAsync(path, manifest.ToJson(indented: true), Cancel.Token);
        var outcome = await new PushTrace().PushAsync(hub.Grpc, SharedHubs.TokenOf(organisation), folder, PushTrace.Quick(1));
        Assert.False(outcome.IsRefused);
    }

    public static async Task TakeBackAsync(OperatedHub hub, string organisation)
    {
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var request = new WithdrawSubmissionRequest { Name = SubmissionManifest.SubmissionPrefix + await OnlySubmissionAsync(hub, organisation) };
        var life = (await connection.Custody.WithdrawSubmissionAsync(request, connection.Options(Cancel.Token))).Life;
        Assert.Equal(LifeState.Withdrawn, life.State);
    }

    /// <summary>Erases the first participant.</summary>
    /// <returns>How many rows went.</returns>
    public static async Task<long> EraseSomebodyAsync(OperatedHub hub, string organisation)
    {
        using var reader = ParquetReader.Open(Path.Combine(SharedHubs.FolderOf(organisation), "participations.parquet"));
        using var column = reader.OpenRowGroup(0).Bytes(reader.Schema.Columns.Single(c => c.Name == "person_id").Index);
        var batch = new BytesBatch();
        column.Read(batch, 1);
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var request = new ErasePersonRequest { Project = ManifestOf(organisation).Project.Code, PersonId = Encoding.ASCII.GetString(batch[0]) };
        return (await connection.Custody.ErasePersonAsync(request, connection.Options(Cancel.Token))).Rows;
    }

    private static SubmissionManifest ManifestOf(string organisation) =>
        SubmissionManifest.Read(File.ReadAllBytes(Path.Combine(SharedHubs.FolderOf(organisation), "manifest.json"))).Manifest!;

    private static async Task<string> OnlySubmissionAsync(OperatedHub hub, string organisation)
    {
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var found = await connection.Intake.ListSubmissionsAsync(new(), connection.Options(Cancel.Token));
        return Assert.Single(found.Submissions).Name[SubmissionManifest.SubmissionPrefix.Length..];
    }
}
