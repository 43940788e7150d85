// Up to which size a tensor is read number by number rather than looked at.

export const gridRows = 24;
export const gridColumns = 12;
