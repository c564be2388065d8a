namespace SiOutcomeLab.Domain;

/// <summary>One text in the two languages of the lab.</summary>
/// <param name="Sv">Plain Swedish.</param>
/// <param name="En">Plain English, saying the same.</param>
public sealed record BilingualText(string Sv, string En);
