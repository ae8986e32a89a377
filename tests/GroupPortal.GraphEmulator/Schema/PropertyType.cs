namespace GroupPortal.GraphEmulation.Schema;

/// <summary>How a property is stored: Text as string, Boolean as bool, Number as long, Time as DateTimeOffset, Texts as string[], the others as JSON.</summary>
internal enum PropertyType
{
    Text,
    Boolean,
    Number,
    Time,
    Texts,
    Complex,
    Complexes,
}
