namespace SiOutcomeLab.Contract;

/// <summary>Why a text is no identity number. Says the kind of fault, never the number.</summary>
public enum PersonNumberFault
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>There is nothing there.</summary>
    Missing = 1,

    /// <summary>A character, or a separator in a place, that no written form has.</summary>
    Characters = 2,

    /// <summary>Neither ten nor twelve digits.</summary>
    Length = 3,

    /// <summary>A spreadsheet has rounded it to a power of ten (<c>1,98E+11</c>): digits are lost for good.</summary>
    Rounded = 4,

    /// <summary>A spreadsheet has taken the zeros at its beginning.</summary>
    LostZeros = 5,

    /// <summary>No such day, also after 60 is taken from the day of a co-ordination number.</summary>
    Date = 6,

    /// <summary>The serial number is 000.</summary>
    Serial = 7,

    /// <summary>The control digit is another.</summary>
    ControlDigit = 8,

    /// <summary>Born after the reference date or more than 130 years before it, or of no century that is used.</summary>
    Century = 9,
}
