using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Checks a text column: each distinct text of a block is judged once. Entries of the file's dictionaries that no row uses are looked
/// through for identity numbers too.
/// </summary>
internal class TextColumnCheck(
    SubmissionPart part, string column, bool required, TextColumnCheck.Judge judge, BareNumberTally? tally, params BilingualText[] facts)
    : ColumnCheck(new FindingLog())
{
    /// <summary>Says which rule a text breaks; null for none.</summary>
    public delegate ContractRule? Judge(ReadOnlySpan<byte> utf8);

    private ContractRule?[] _faults = [];
    private long _firstRow = 1;

    public override void Begin(ColumnBlock block)
    {
        var texts = (TextBlock)block;
        texts.IsSuspect = utf8 => judge(utf8) == FileRules.IdentityNumber;
        texts.OnUnusedSuspect = () => Log.Add(FileRules.IdentityNumber, part, column);
        texts.OnLong = (utf8, row) =>
        {
            if (judge(utf8) is { } fault) Log.Add(fault, part, column, _firstRow + row, facts);
        };
    }

    public sealed override void Check(ColumnBlock block, long firstRow)
    {
        var texts = (TextBlock)block;
        if (_faults.Length < texts.EntryCount) _faults = new ContractRule?[texts.EntryCount];
        var isSound = true;
        for (var code = 0; code < texts.EntryCount; code++) isSound &= (_faults[code] = judge(texts.Entry(code))) is null;
        if (required) NoteNulls(block, firstRow, part, column);
        if (!isSound) NoteFaults(texts.Codes, firstRow);
        Use(texts, _faults.AsSpan(0, texts.EntryCount), firstRow);
        _firstRow = firstRow + block.Rows;
    }

    public override void Finish()
    {
        if (tally is not null) JudgeTally(tally, part, column);
    }

    /// <summary>Uses the texts that break no rule.</summary>
    /// <param name="texts">The rows.</param>
    /// <param name="faults">The rule that each distinct text breaks.</param>
    /// <param name="firstRow">The number of the first row.</param>
    protected virtual void Use(TextBlock texts, ReadOnlySpan<ContractRule?> faults, long firstRow)
    {
    }

    private void NoteFaults(ReadOnlySpan<int> codes, long firstRow)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0 && _faults[codes[i]] is { } fault) Log.Add(fault, part, column, firstRow + i, facts);
        }
    }
}
