namespace SiOutcomeLab.Contract;

/// <summary>Why a cell or a row cannot be taken.</summary>
internal enum SourceFault
{
    None = 0,
    NumberMissing,
    NumberCharacters,
    NumberLength,
    NumberRounded,
    NumberLostZeros,
    NumberDate,
    NumberSerial,
    NumberControlDigit,
    NumberCentury,
    FieldCount,
    ValueMissing,
    NotANumber,
    NotWhole,
    NotADate,
    NotAPeriod,
    NotAFlag,
    NotACode,
    UnknownCategory,
    IdentityNumberInText,
}
