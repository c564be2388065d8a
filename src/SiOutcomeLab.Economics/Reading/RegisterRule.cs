namespace SiOutcomeLab.Economics.Reading;

/// <summary>What can be wrong in the register's files.</summary>
public enum RegisterRule
{
    /// <summary>The header lacks the column, or has one that is not known or doubled.</summary>
    Columns = 1,

    /// <summary>The row has more or fewer fields than the header, or a quotation mark that is never closed.</summary>
    Fields = 2,

    /// <summary>Must not be empty.</summary>
    Empty = 3,

    /// <summary>Not a code: 1–40 of a–z, 0–9, hyphen and underscore.</summary>
    Code = 4,

    /// <summary>The code occurs twice.</summary>
    Doubled = 5,

    /// <summary>Not a word that the column knows.</summary>
    Word = 6,

    /// <summary>Not a plain decimal number with a point.</summary>
    Number = 7,

    /// <summary>Outside what the column allows.</summary>
    Range = 8,

    /// <summary>Not a date as 2024-12-31.</summary>
    Date = 9,

    /// <summary>Names a set, index or budget item that the other files do not have.</summary>
    Unknown = 10,

    /// <summary>The split's shares do not sum to exactly 100, one is not above 0, or an item stands twice.</summary>
    Split = 11,

    /// <summary>Not steps such as <c>name*2|other/6.6</c> with factors above 0, nor the word <c>none</c>.</summary>
    Conversion = 12,

    /// <summary>The last day of use lies before the first.</summary>
    Validity = 13,

    /// <summary>The cashable share is above the marginal share: a budget cannot be cut by what is still spent.</summary>
    CashableAboveMarginal = 14,

    /// <summary>The row says complete and is not, or incomplete and is complete.</summary>
    Status = 15,
}

/// <summary>One thing wrong: where and what, never the value.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Its line, from 1 for the header.</param>
/// <param name="Column">The column; empty when it is about the whole line.</param>
/// <param name="Rule">What is wrong.</param>
public sealed record RegisterFinding(string File, int Line, string Column, RegisterRule Rule);
