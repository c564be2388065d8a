using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Checks <c>intervention_code</c>, and gives each row's intervention as a number.</summary>
internal sealed class InterventionCheck : TextColumnCheck
{
    private readonly Dictionary<string, int> _numbers;
    private int[] _ofEntry = [];
    private int[] _current = [];
    private int _count;

    public InterventionCheck(IEnumerable<InterventionCode> registered)
        : this(registered.Select((code, at) => (code.Code, at)).ToDictionary(p => p.Code, p => p.at, StringComparer.Ordinal))
    {
    }

    private InterventionCheck(Dictionary<string, int> numbers)
        : base(
            SubmissionPart.Participations,
            ContractColumns.InterventionCode,
            required: true,
            TextJudges.OneOf(numbers.Keys, RowRules.InterventionUnregistered),
            tally: null) => _numbers = numbers;

    /// <summary>The intervention of a row of the block; −1 when it has none that is registered.</summary>
    public int At(int row) => row < _count ? _current[row] : -1;

    protected override void Use(TextBlock texts, ReadOnlySpan<ContractRule?> faults, long firstRow)
    {
        if (_ofEntry.Length < texts.EntryCount) _ofEntry = new int[texts.EntryCount];
        if (_current.Length < texts.Rows) _current = new int[texts.Rows];
        for (var code = 0; code < texts.EntryCount; code++)
        {
            _ofEntry[code] = faults[code] is null ? _numbers[Encoding.UTF8.GetString(texts.Entry(code))] : -1;
        }

        var codes = texts.Codes;
        _count = codes.Length;
        for (var i = 0; i < codes.Length; i++) _current[i] = codes[i] >= 0 ? _ofEntry[codes[i]] : -1;
    }
}

/// <summary>Checks a date column whose rows another check needs.</summary>
internal sealed class KeptDates(ContractColumn rule) : DateColumnCheck(rule, SubmissionPart.Participations)
{
    private NumberBlock<int>? _block;

    public ReadOnlySpan<int> Days => _block is null ? default : _block.Values;

    public bool Has(int row) => _block is not null && _block.Present[row];

    public override void Check(ColumnBlock block, long firstRow)
    {
        _block = (NumberBlock<int>)block;
        base.Check(block, firstRow);
    }
}

/// <summary>Checks <c>end_date</c> beside <c>start_date</c>.</summary>
internal sealed class EndCheck(ContractColumn rule, KeptDates start) : DateColumnCheck(rule, SubmissionPart.Participations)
{
    public override void Check(ColumnBlock block, long firstRow)
    {
        base.Check(block, firstRow);
        var ends = ((NumberBlock<int>)block).Values;
        for (var i = 0; i < ends.Length; i++)
        {
            if (block.Present[i] && start.Has(i) && ends[i] < start.Days[i])
            {
                Log.Add(RowRules.EndBeforeStart, SubmissionPart.Participations, ContractColumns.EndDate, firstRow + i);
            }
        }
    }
}
