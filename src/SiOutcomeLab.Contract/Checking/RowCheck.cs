using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Reads a file's rows once, block by block on several threads: checks them, hashes them, and gives them to whoever takes them on.
/// </summary>
internal sealed class RowCheck(ParquetReader reader, SubmissionPart part, OrganisationId organisation, bool isWholeFile) : IDisposable
{
    private readonly RowHash _hash = new();
    private readonly List<ColumnWork> _works = [];
    private readonly List<ColumnCheck> _checks = [];
    private bool _hasLongText;

    /// <summary>Checks the rows.</summary>
    /// <param name="taken">The columns to read.</param>
    /// <param name="keys">The checks of the key columns.</param>
    /// <param name="sums">Where a measure is summed up, if anywhere.</param>
    /// <param name="context">Threads, and who takes the rows.</param>
    /// <param name="log">Where findings go, in the columns' order, also when the file turns out unreadable midway.</param>
    /// <param name="cancellationToken">Asked once a block.</param>
    /// <returns>The canonical hash of the rows, or null when columns are left out.</returns>
    public string? Run(
        IReadOnlyList<(ParquetColumn Column, ContractColumn Rule)> taken,
        KeyColumns keys,
        Func<ContractColumn, MeasureTally?> sums,
        CheckContext context,
        FindingLog log,
        CancellationToken cancellationToken)
    {
        var order = SubmissionColumns.InOrder(part, reader.Schema).Where(c => taken.Any(t => t.Column == c)).ToList();
        var sink = isWholeFile && !log.HasErrors ? context.Sink?.Invoke(part) : null;
        sink?.Begin(order);
        var leaders = 0;
        foreach (var (name, check) in keys.Leaders.Concat(keys.Followers))
        {
            if (taken.FirstOrDefault(t => t.Rule.Name == name).Column is not { } column) continue;
            Add(column, check, order.IndexOf(column));
            if (keys.Leaders.Any(l => l.Column == name)) leaders++;
        }

        foreach (var (column, rule) in taken.Where(t => keys.Leaders.Concat(keys.Followers).All(k => k.Column != t.Rule.Name)))
        {
            var own = organisation.IsMunicipality ? organisation.Code : null;
            Add(column, ColumnChecks.For(column, rule, own, part, sums(rule)), order.IndexOf(column));
        }

        try
        {
            BlockScan.Run(reader.RowCount, _works, leaders, context.Limits.Threads, EndBlock, cancellationToken);
            if (reader.RowCount > 0) _checks.ForEach(check => check.Finish());
        }
        finally
        {
            foreach (var work in _works.OrderBy(w => w.Block.Column.Index))
            {
                // Leaving the last dictionary may bring a finding.
                work.Block.Dispose();
            }

            foreach (var check in _checks) log.Add(check.Log);
        }

        if (sink is not null && !log.HasErrors) sink.Complete();
        return isWholeFile && !_hasLongText ? _hash.Finish(reader.RowCount) : null;

        void Add(ParquetColumn column, ColumnCheck? check, int place)
        {
            var block = ColumnBlock.For(reader, column) ?? throw new InvalidOperationException("The contract takes no such type.");
            var hash = isWholeFile ? _hash.Add(column.Name, column.PhysicalType) : null;
            check?.Begin(block);
            if (check is not null) _checks.Add(check);
            _works.Add(new ColumnWork(block, (filled, firstRow) =>
            {
                check?.Check(filled, firstRow);
                hash?.Add(filled);
                sink?.Take(place, filled);
            }));
        }

        void EndBlock()
        {
            _hasLongText |= _works.Any(w => w.Block is TextBlock { HasLong: true });
            if (sink is null) return;
            if (_checks.Any(c => c.Log.HasErrors)) sink = null;
            else sink.EndBlock();
        }
    }

    /// <summary>Looks through a column that is refused for identity numbers.</summary>
    public static void Scan(
        ParquetReader reader, ParquetColumn column, string safeName, SubmissionPart part, FindingLog log, CancellationToken cancellationToken)
    {
        if (ColumnChecks.Foreign(column, safeName, part) is not { } check || ColumnBlock.For(reader, column) is not { } block) return;
        try
        {
            check.Begin(block);
            BlockScan.Run(reader.RowCount, [new ColumnWork(block, check.Check)], 0, 1, () => { }, cancellationToken);
            check.Finish();
        }
        finally
        {
            block.Dispose();
            log.Add(check.Log);
        }
    }

    public void Dispose() => _hash.Dispose();
}
