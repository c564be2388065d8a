using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The rule that each text of a column breaks, if any: judged once per dictionary entry, or per row where the file has no dictionary.
/// Entries that no row uses are judged too, because an identity number hidden there would be kept with the file.
/// </summary>
internal sealed class TextVerdicts(
    FindingLog log, SubmissionPart part, string column, TextVerdicts.Judge judge, params BilingualText[] facts)
{
    /// <summary>Says which rule a text breaks; null for none.</summary>
    public delegate ContractRule? Judge(ReadOnlySpan<byte> utf8);

    private int _dictionary;
    private int _count;
    private ContractRule?[] _faults = [];
    private bool[] _used = [];

    /// <summary>Takes up a batch's dictionary, when it has another one than the batch before.</summary>
    /// <returns>True when the dictionary is new.</returns>
    public bool Begin(BytesBatch batch)
    {
        if (!batch.HasDictionary || batch.DictionaryId == _dictionary) return false;
        NoteUnused();
        _dictionary = batch.DictionaryId;
        _count = batch.DictionaryCount;
        if (_faults.Length < _count)
        {
            _faults = new ContractRule?[_count];
            _used = new bool[_count];
        }

        Array.Clear(_used, 0, _count);
        for (var code = 0; code < _count; code++) _faults[code] = judge(batch.DictionaryValue(code));
        return true;
    }

    /// <summary>Notes the fault of a row by its dictionary code; true when there is none.</summary>
    public bool Passes(int code, long row)
    {
        if (_faults[code] is not { } fault) return true;
        _used[code] = true;
        log.Add(fault, part, column, row, facts);
        return false;
    }

    /// <summary>Notes the fault of a row by its text; true when there is none.</summary>
    public bool Passes(ReadOnlySpan<byte> utf8, long row)
    {
        if (judge(utf8) is not { } fault) return true;
        log.Add(fault, part, column, row, facts);
        return false;
    }

    /// <summary>Notes the identity numbers among the dictionary entries that no row used.</summary>
    public void NoteUnused()
    {
        for (var code = 0; code < _count; code++)
        {
            if (!_used[code] && _faults[code] == FileRules.IdentityNumber) log.Add(FileRules.IdentityNumber, part, column);
        }

        _count = 0;
        _dictionary = 0;
    }
}
