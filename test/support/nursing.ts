/** The tracks of a nursing fellowship, as its organiser types them. */
export const NURSING =
  'bedside nursing: ward, staff nurse, ward sister; midwifery: midwife, birth centre; ICU nursing: icu, intensive care; teaching: lecturer, clinical educator';
