using System.Threading.Channels;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <inheritdoc cref="IAuditLog"/>
/// <remarks>
/// One worker takes whatever waits and commits it in one transaction: a hundred entries cost one flush of the disk. It reads the head inside
/// that transaction, so that several hubs on one catalogue make one chain.
/// </remarks>
internal sealed class SqlAuditLog : IAuditLog, IAsyncDisposable
{
    private const int Capacity = 4096;
    private const int LargestBatch = 512;

    // How long entries that nobody waits for may gather.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ICatalogueDatabase _database;
    private readonly Channel<Waiting> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _worker;

    public SqlAuditLog(ICatalogueDatabase database)
    {
        _database = database;
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Appends entries within a transaction, for what must not stand without its entry; nothing before its commit.</summary>
    public static async Task AppendAsync(CatalogueWrite write, IEnumerable<AuditEntry> entries)
    {
        var head = await write.FirstOrDefaultAsync<HeadRow>(HeadRow.Select);
        var (sequence, hash) = (head?.Sequence ?? 0, head?.Hash ?? AuditChain.Genesis);
        var rows = new List<AuditRow>();
        foreach (var entry in entries)
        {
            hash = AuditChain.HashOf(hash, ++sequence, entry);
            rows.Add(AuditRow.Of(new AuditRecord(sequence, entry, hash)));
        }

        await write.ExecuteAsync(
            """
            INSERT INTO audit_entry (sequence, at, organisation, subject, authentication, call, resource, outcome, count, hash)
            VALUES (@Sequence, @At, @Organisation, @Subject, @Authentication, @Call, @Resource, @Outcome, @Count, @Hash)
            """,
            rows);
        await write.ExecuteAsync("UPDATE audit_head SET sequence = @sequence, hash = @hash", new { sequence, hash });
    }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => WaitForAsync(entry, cancellationToken);

    public ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        _queue.Writer.WriteAsync(new Waiting(entry, null), cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => WaitForAsync(null, cancellationToken);

    public async Task<IReadOnlyList<AuditRecord>> ListAsync(
        OrganisationId? organisation, long after, int limit, CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {AuditRow.Columns} FROM audit_entry
            WHERE sequence > @after AND (@organisation IS NULL OR organisation = @organisation) ORDER BY sequence LIMIT @limit
            """;
        var rows = await _database.ListAsync<AuditRow>(Sql, new { after, organisation = organisation?.Code, limit }, cancellationToken);
        return [.. rows.Select(r => r.ToRecord())];
    }

    public async Task<AuditHead> HeadAsync(CancellationToken cancellationToken)
    {
        var head = await _database.FirstOrDefaultAsync<HeadRow>(HeadRow.Select, null, cancellationToken);
        return head is null ? new AuditHead(0, AuditChain.Genesis) : new AuditHead(head.Sequence, head.Hash);
    }

    public async Task<AuditVerdict> VerifyAsync(AuditHead? expected, CancellationToken cancellationToken) =>
        await new AuditCheck(_database, await HeadAsync(cancellationToken), expected).RunAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _closing.CancelAsync();
        await _worker;
        _closing.Dispose();
    }

    private async Task WaitForAsync(AuditEntry? entry, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Waiting(entry, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }

    private async Task WorkAsync()
    {
        var batch = new List<Waiting>();
        while (batch.Count > 0 || await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await GatherAsync(batch);
            try
            {
                await CommitAsync(batch);
                foreach (var waiting in batch) waiting.Done?.TrySetResult();
                batch.Clear();
            }
            catch (Exception e)
            {
                // Whoever waits is told. The entries are tried again also then: what they tell of may have been done. They hold up those behind.
                foreach (var waiting in batch) waiting.Done?.TrySetException(e);
                batch = [.. batch.Where(w => w.Entry is not null).Select(w => w with { Done = null })];
                if (_closing.IsCancellationRequested) batch.Clear();
                else if (batch.Count > 0) await Task.Delay(RetryAfter, _closing.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Takes what is there; when nobody waits for any of it, lets a little more come.</summary>
    private async Task GatherAsync(List<Waiting> batch)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        enough.CancelAfter(Gathering);
        try
        {
            do
            {
                while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            }
            while (batch.Count < LargestBatch && batch.TrueForAll(w => w.Done is null) && await _queue.Reader.WaitToReadAsync(enough.Token));
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Time is up, or the log is closing: what has been gathered is committed.
            while (batch.Count < LargestBatch && _queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        if (batch.TrueForAll(w => w.Entry is null)) return;
        await using var write = await _database.BeginWriteAsync(CancellationToken.None);
        await AppendAsync(write, batch.Select(w => w.Entry).OfType<AuditEntry>());
        await write.CommitAsync();
    }

    /// <summary>An entry, or nothing but the wish that all before it be durable, and who waits for it, if anybody.</summary>
    private readonly record struct Waiting(AuditEntry? Entry, TaskCompletionSource? Done);

    private sealed class HeadRow
    {
        public const string Select = "SELECT sequence AS Sequence, hash AS Hash FROM audit_head";

        public long Sequence { get; init; }

        public string Hash { get; init; } = string.Empty;
    }
}
