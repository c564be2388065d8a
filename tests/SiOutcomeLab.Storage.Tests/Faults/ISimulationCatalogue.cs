using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>What the simulated hub asks of a catalogue.</summary>
internal interface ISimulationCatalogue : IAsyncDisposable
{
    /// <summary>Begins a sender's upload, or finds it.</summary>
    /// <returns>The key of its files; null when it has been accepted already.</returns>
    Task<byte[]?> OpenUploadAsync(Sender sender, CancellationToken cancellationToken);

    /// <summary>Takes a submission in and ends its upload; done already, it stays as it is.</summary>
    Task CommitAsync(Sender sender, LakeObject named, CancellationToken cancellationToken);

    /// <summary>What the sender is answered; null when nothing of it stands.</summary>
    Task<string?> ReceiptAsync(Sender sender, CancellationToken cancellationToken);

    Task WithdrawAsync(Sender sender, CancellationToken cancellationToken);

    /// <summary>The submissions that stand: their senders and their objects.</summary>
    Task<IReadOnlyList<(int Sender, LakeObject Named)>> RowsAsync(CancellationToken cancellationToken);

    /// <summary>The uploads under way.</summary>
    Task<IReadOnlySet<string>> OpenUploadsAsync(CancellationToken cancellationToken);

    /// <summary>The lake objects that must stay.</summary>
    Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken);

    /// <summary>The process that had it open is no more; another opens it.</summary>
    Task RestartAsync(CancellationToken cancellationToken);
}
