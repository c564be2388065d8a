using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>Stands in for the catalogue where thousands of runs are wanted: durable at its commit, which is what SQLite promises.</summary>
internal sealed class SimulatedCatalogue : ISimulationCatalogue
{
    private readonly List<(int Sender, LakeObject Named)> _rows = [];
    private readonly HashSet<string> _open = [];
    private readonly HashSet<int> _ended = [];

    public Task<byte[]?> OpenUploadAsync(Sender sender, CancellationToken cancellationToken)
    {
        if (_ended.Contains(sender.Number)) return Task.FromResult<byte[]?>(null);
        _open.Add(sender.UploadId);
        return Task.FromResult<byte[]?>(sender.Key);
    }

    public Task CommitAsync(Sender sender, LakeObject named, CancellationToken cancellationToken)
    {
        if (_ended.Add(sender.Number)) _rows.Add((sender.Number, named));
        _open.Remove(sender.UploadId);
        return Task.CompletedTask;
    }

    public Task<string?> ReceiptAsync(Sender sender, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Any(r => r.Sender == sender.Number) ? sender.UploadId : null);

    public Task WithdrawAsync(Sender sender, CancellationToken cancellationToken)
    {
        _rows.RemoveAll(r => r.Sender == sender.Number);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<(int Sender, LakeObject Named)>> RowsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(int Sender, LakeObject Named)>>([.. _rows]);

    public Task<IReadOnlySet<string>> OpenUploadsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(_open.ToHashSet());

    public Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(_rows.Select(r => r.Named.Sha256).ToHashSet());

    public Task RestartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
