//! Enums whose variants have names in the API.

/// Declares an enum whose variants have AWS names.
macro_rules! names {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type {
            $($(#[$doc])* $variant,)+
        }

        impl $type {
            /// Every variant, in the order of the API reference.
            pub const ALL: &[$type] = &[$($type::$variant),+];

            /// Returns the name in the API.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)+
                }
            }

            /// Returns the variant with this name in the API.
            pub fn from_name(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|variant| variant.as_str() == name)
            }
        }
    };
}

pub(in crate::sandbox) use names;
