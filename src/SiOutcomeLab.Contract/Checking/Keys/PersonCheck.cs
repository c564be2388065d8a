using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Checks <c>person_id</c>, and records each row's person by a keyed digest.</summary>
internal sealed class PersonCheck(SubmissionPart part, PersonDigest digest, PersonCheck.Record record)
    : TextColumnCheck(part, ContractColumns.PersonId, required: true, TextJudges.Pseudonym, tally: null)
{
    /// <summary>Takes the person of a row.</summary>
    /// <param name="high">The digest's first half.</param>
    /// <param name="low">The digest's second half.</param>
    /// <param name="at">The row's place in the block.</param>
    /// <param name="row">The row's number, from 1.</param>
    public delegate void Record(ulong high, ulong low, int at, long row);

    private byte[] _persons = [];

    protected override void Use(TextBlock texts, ReadOnlySpan<ContractRule?> faults, long firstRow)
    {
        var bytes = texts.EntryCount * PersonDigest.PersonBytes;
        if (_persons.Length < bytes) _persons = new byte[bytes];
        for (var code = 0; code < texts.EntryCount; code++)
        {
            if (faults[code] is not null) continue;
            var place = _persons.AsSpan(code * PersonDigest.PersonBytes, PersonDigest.PersonBytes);
            if (!PseudonymText.TryDecode(texts.Entry(code), place)) throw new InvalidOperationException("A judged pseudonym decodes.");
        }

        var digests = digest.Of(_persons.AsSpan(0, bytes));
        var codes = texts.Codes;
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            if (code < 0 || faults[code] is not null) continue;
            var (high, low) = digests[code];
            record(high, low, i, firstRow + i);
        }
    }
}
